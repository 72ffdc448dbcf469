"""Addresses about posts: who serves where, roles, who can see a unit, officers from a workbook."""

from django.urls import URLPattern, path

from unionbenefits.backoffice.pages import posts, posts_acts, posts_import, posts_reach, posts_roles

urlpatterns: list[URLPattern] = [
    path("posts/", posts.posts, name="post_list"),
    path("posts/grant/", posts_acts.grant, name="post_grant"),
    path("posts/notices/read/", posts.read_notices, name="post_notices_read"),
    path("posts/workbook/", posts_import.workbook, name="officer_import"),
    path("posts/workbook/template/", posts_import.template, name="officer_template"),
    path("posts/workbook/result/", posts_import.result, name="officer_result"),
    path("posts/<int:pk>/", posts.post, name="post_page"),
    path("posts/<int:pk>/end/", posts_acts.end, name="post_end"),
    path("posts/<int:pk>/withdraw/", posts_acts.withdraw, name="post_withdraw"),
    path("posts/<int:pk>/act-for/", posts_acts.act_for_holder, name="post_act_for"),
    path("posts/<int:pk>/hand-over/", posts_acts.hand_over_post, name="post_hand_over"),
    path("posts/<int:pk>/hand-over/undo/", posts_acts.undo, name="post_hand_over_undo"),
    path("roles/", posts_roles.roles, name="role_list"),
    path("who-sees/", posts_reach.find, name="unit_access_find"),
    path("who-sees/union/<int:pk>/", posts_reach.of_union, name="union_access"),
    path("who-sees/enterprise/<int:pk>/", posts_reach.of_enterprise, name="enterprise_access"),
]

PK_OF: dict[str, str] = {
    "post_page": "access.post",
    "post_end": "access.post",
    "post_withdraw": "access.post",
    "post_act_for": "access.post",
    "post_hand_over": "access.post",
    "post_hand_over_undo": "access.post",
    "union_access": "unions.union",
    "enterprise_access": "enterprises.enterprise",
}
