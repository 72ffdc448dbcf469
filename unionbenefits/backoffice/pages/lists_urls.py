"""Addresses of lists that one keeps, and of changes to many rows at once."""

from django.urls import URLPattern, path

from unionbenefits.backoffice.pages import bulk, saved_lists

urlpatterns: list[URLPattern] = [
    path("my-lists/", saved_lists.lists, name="saved_lists"),
    path("my-lists/save/", saved_lists.save, name="saved_list_save"),
    path("my-lists/<int:pk>/", saved_lists.change, name="saved_list_change"),
    path("my-lists/<int:pk>/remove/", saved_lists.remove, name="saved_list_remove"),
    path("my-bulk-changes/", bulk.mine, name="bulk_changes"),
    path("my-bulk-changes/<int:pk>/", bulk.change, name="bulk_change"),
    path("my-bulk-changes/<int:pk>/do/", bulk.do, name="bulk_do"),
    path("my-bulk-changes/<int:pk>/undo/", bulk.undo, name="bulk_undo"),
]
PK_OF = {
    "saved_list_change": "access.savedview",
    "saved_list_remove": "access.savedview",
    "bulk_change": "workers.bulkchange",
    "bulk_do": "workers.bulkchange",
    "bulk_undo": "workers.bulkchange",
}
