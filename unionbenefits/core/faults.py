"""What an examination of the books finds: faults with stable codes and sentences."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that must never be: a stable code, what it concerns (keys, never names), and a sentence.

    `words` is the sentence with a place for `about`, in the reader's language once it is read.
    """

    code: str
    about: str
    words: str | Promise

    @property
    def text(self) -> str:
        """The sentence."""
        return str(self.words) % {"about": self.about}
