"""Logs as one JSON line per event, for our own events and for Django's alike."""

from typing import Any

import structlog


class JsonFormatter(structlog.stdlib.ProcessorFormatter):
    """Time, level, logger, event and traceback as one line; personal data never goes into a log line."""

    def __init__(self) -> None:
        shared: list[Any] = [
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
        ]
        super().__init__(
            foreign_pre_chain=shared,
            processors=[self.remove_processors_meta, structlog.processors.JSONRenderer(ensure_ascii=False)],
        )
