import pytest

from tests import scene as scenes


@pytest.fixture
def scene(db) -> scenes.Scene:
    """Two branches of a union tree; see tests/scene.py."""
    return scenes.build()
