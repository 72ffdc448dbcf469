"""Addresses about the union tree: the tree, moving and merging unions, closing an enterprise."""

from django.urls import URLPattern, path

from unionbenefits.backoffice.pages import tree, tree_acts, tree_closing

urlpatterns: list[URLPattern] = [
    path("union-tree/", tree.tree, name="union_tree"),
    path("union-tree/<int:pk>/move/", tree_acts.move, name="union_move"),
    path("union-tree/<int:pk>/merge/", tree_acts.merge, name="union_merge"),
    path("union-tree/<int:pk>/pass-funds/", tree_acts.pass_on, name="union_pass_funds"),
    path("enterprise-closing/<int:pk>/", tree_closing.close, name="enterprise_close"),
    path("enterprise-closing/<int:pk>/undo/", tree_closing.reopen, name="enterprise_reopen"),
]

PK_OF: dict[str, str] = {
    "union_move": "unions.union",
    "union_merge": "unions.union",
    "union_pass_funds": "unions.union",
    "enterprise_close": "enterprises.enterprise",
    "enterprise_reopen": "enterprises.enterprise",
}
