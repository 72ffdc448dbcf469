import datetime as dt

import factory

from unionbenefits.access.models import Post
from unionbenefits.access.roles import Role
from unionbenefits.accounts.models import User


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"officer{n}")
    name = factory.Sequence(lambda n: f"干部{n}")


class PostFactory(factory.django.DjangoModelFactory):
    """A union officer's post since 2020; pass `union` (or `enterprise` with role clerk)."""

    class Meta:
        model = Post

    user = factory.SubFactory(UserFactory)
    role = Role.UNION_OFFICER
    starts_on = dt.date(2020, 1, 1)
