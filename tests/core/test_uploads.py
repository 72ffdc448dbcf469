"""Uploads stay in memory, each as far as it is taken, and all of a request up to a sum."""

from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory

from unionbenefits.core.uploads import in_memory, too_much


def received(sizes, *, each, in_all):
    """What a view gets of files of these sizes: their lengths, and whether it was too much."""
    got = {}

    @in_memory(each=each, in_all=in_all)
    def view(request):
        files = request.FILES.getlist("files")
        assert all(type(file) is InMemoryUploadedFile for file in files)
        got["sizes"] = [(file.size, len(file.read())) for file in files]
        got["kind"], got["over"] = request.POST.get("kind"), too_much(request)
        return HttpResponse()

    files = [SimpleUploadedFile(f"{at}.jpg", b"x" * size) for at, size in enumerate(sizes)]
    view(RequestFactory().post("/", {"kind": "statement", "files": files}))
    return got


def test_files_arrive_whole():
    assert received([0, 10, 200_000], each=300_000, in_all=400_000) == {
        "sizes": [(0, 0), (10, 10), (200_000, 200_000)], "kind": "statement", "over": False,
    }  # fmt: skip


def test_of_a_large_file_only_a_byte_too_many_is_held():
    got = received([500_000], each=100_000, in_all=1_000_000)
    assert (got["sizes"], got["over"]) == ([(100_001, 100_001)], False)


def test_what_comes_after_the_sum_is_left_out():
    got = received([200_000, 200_000, 200_000], each=300_000, in_all=450_000)
    assert (got["sizes"], got["over"], got["kind"]) == ([(200_000, 200_000)] * 2, True, "statement")
