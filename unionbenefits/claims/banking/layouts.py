"""How a bank's files look, as data: no two banks want the same columns (domain.md §7)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class FileFormat(StrEnum):
    """What the bank takes."""

    XLSX = "xlsx"
    CSV = "csv"


class Out(StrEnum):
    """What a column of the batch file may hold."""

    SERIAL = "serial"
    ACCOUNT = "account"
    NAME = "name"
    BANK = "bank"
    AMOUNT = "amount"
    PURPOSE = "purpose"
    ORDER = "order"


class In(StrEnum):
    """What a column of the result file may hold."""

    BATCH = "batch"
    ORDER = "order"
    PAID = "paid"
    STATUS = "status"
    DAY = "day"
    RECEIPT = "receipt"
    REASON = "reason"


class Answer(StrEnum):
    """What the bank's word for a line means."""

    PAID = "paid"
    RETURNED = "returned"
    FAILED = "failed"
    PENDING = "pending"


OUT_COLUMNS: tuple[tuple[Out, str], ...] = (
    (Out.SERIAL, "序号"),
    (Out.ACCOUNT, "收款账号"),
    (Out.NAME, "收款户名"),
    (Out.BANK, "开户行"),
    (Out.AMOUNT, "金额"),
    (Out.PURPOSE, "用途"),
    (Out.ORDER, "业务编号"),
)
IN_HEADINGS: Mapping[In, tuple[str, ...]] = {
    In.BATCH: ("批次", "批次号", "批次编号", "代发批次号"),
    In.ORDER: ("付款编号", "业务编号", "订单号", "客户流水号", "业务参考号"),
    In.PAID: ("实付", "实付金额", "实发金额", "交易金额", "金额"),
    In.STATUS: ("状态", "处理状态", "交易状态", "结果", "处理结果"),
    In.DAY: ("到账日期", "交易日期", "入账日期", "处理日期"),
    In.RECEIPT: ("回单号", "回单编号", "银行流水号", "交易流水号"),
    In.REASON: ("原因", "失败原因", "备注", "摘要", "附言"),
}
# What a status begins with; the longest that fits decides. Anything else is an error, never a guess.
STATUS_WORDS: Mapping[str, Answer] = {
    "成功": Answer.PAID,
    "交易成功": Answer.PAID,
    "已入账": Answer.PAID,
    "已到账": Answer.PAID,
    "退回": Answer.RETURNED,
    "退汇": Answer.RETURNED,
    "退票": Answer.RETURNED,
    "失败": Answer.FAILED,
    "交易失败": Answer.FAILED,
    "拒绝": Answer.FAILED,
    "处理中": Answer.PENDING,
    "银行处理中": Answer.PENDING,
    "待处理": Answer.PENDING,
    "已受理": Answer.PENDING,
}


@dataclass(frozen=True, slots=True)
class Layout:
    """A bank's forms. `line_limit` is how many lines one file may hold; `encoding` matters for CSV only."""

    format: FileFormat = FileFormat.XLSX
    encoding: str = "utf-8-sig"
    line_limit: int = 3_000
    out_columns: tuple[tuple[Out, str], ...] = OUT_COLUMNS
    in_headings: Mapping[In, tuple[str, ...]] = field(default_factory=lambda: IN_HEADINGS)
    status_words: Mapping[str, Answer] = field(default_factory=lambda: STATUS_WORDS)
    purpose: str = "互助金"

    def answer(self, status: str) -> Answer | None:
        """What the bank's word means; None for a word that is not known."""
        fitting = [word for word in self.status_words if status.startswith(word)]
        return self.status_words[max(fitting, key=len)] if fitting else None
