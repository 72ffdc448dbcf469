"""Addresses of lists that one keeps, of the person's page, and of changes to many rows at once."""

from django.urls import URLPattern, path

from unionbenefits.backoffice.pages import saved_lists

urlpatterns: list[URLPattern] = [
    path("my-lists/", saved_lists.lists, name="saved_lists"),
    path("my-lists/save/", saved_lists.save, name="saved_list_save"),
    path("my-lists/<int:pk>/", saved_lists.change, name="saved_list_change"),
    path("my-lists/<int:pk>/remove/", saved_lists.remove, name="saved_list_remove"),
]
PK_OF = {"saved_list_change": "access.savedview", "saved_list_remove": "access.savedview"}
