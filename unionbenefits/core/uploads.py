"""Uploads that never touch the disk in the clear (invariant 11)."""

import io
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt


class MemoryUploadHandler(FileUploadHandler):
    """Keeps each file in memory, up to a byte more than is taken, and a request's files up to a sum.

    `over` says that the sum was reached: the files before it are there, that one and the rest are not.
    """

    def __init__(self, request: HttpRequest, *, each: int, in_all: int) -> None:
        super().__init__(request)
        self.each, self.in_all = each, in_all
        self.received, self.over = 0, False
        self._file = io.BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begins a file."""
        super().new_file(*args, **kwargs)
        self._file = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Takes in what still fits; the byte too many lets the verb say that the file is too large."""
        self.received += len(raw_data)
        if self.received > self.in_all:
            self.over = True
            raise StopUpload(connection_reset=False)
        self._file.write(raw_data[: max(0, self.each + 1 - start)])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file as views get it, its size that of what was kept."""
        size = min(file_size, self.each + 1)
        self._file.seek(0)
        return InMemoryUploadedFile(
            self._file, self.field_name, self.file_name or "", self.content_type, size, self.charset
        )


_View = Callable[..., HttpResponseBase]


def in_memory(*, each: int, in_all: int) -> Callable[[_View], _View]:
    """A view whose uploads stay in memory. It must be `csrf_protect`ed by itself, further in: the token is
    read from the body, and the handler has to be in place before anything is.
    """

    def decorate(view: _View) -> _View:
        @wraps(view)
        def with_handler(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.upload_handlers = [MemoryUploadHandler(request, each=each, in_all=in_all)]
            return view(request, *args, **kwargs)

        return csrf_exempt(with_handler)

    return decorate


def too_much(request: HttpRequest) -> bool:
    """Whether files of this request were left out because the sum was reached."""
    return any(isinstance(one, MemoryUploadHandler) and one.over for one in request.upload_handlers)
