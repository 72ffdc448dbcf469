"""Addresses of reach and of text messages to workers."""

from django.urls import URLPattern, path

from unionbenefits.backoffice.pages import reach, reach_waves, texts

urlpatterns: list[URLPattern] = [
    path("reach/", reach.newest, name="reach_newest"),
    path("reach/<int:pk>/", reach.people, name="reach"),
    path("reach/<int:pk>/figures/", reach.figures, name="reach_figures"),
    path("reach/<int:pk>/wave/", reach_waves.wave, name="reach_plan"),
    path("reach/waves/<int:pk>/", reach_waves.watch, name="reach_wave"),
    path("reach/waves/<int:pk>/progress/", reach_waves.progress, name="reach_wave_progress"),
    path("reach/waves/<int:pk>/stop/", reach_waves.stop, name="reach_wave_stop"),
    path("texts/", texts.texts, name="texts"),
    path("texts/again/", texts.all_again, name="texts_again"),
    path("texts/templates/", texts.templates, name="text_templates"),
    path("texts/<int:pk>/again/", texts.again, name="text_again"),
]

PK_OF: dict[str, str] = {
    "reach": "campaigns.campaign",
    "reach_figures": "campaigns.campaign",
    "reach_plan": "campaigns.campaign",
    "reach_wave": "campaigns.reminderwave",
    "reach_wave_progress": "campaigns.reminderwave",
    "reach_wave_stop": "campaigns.reminderwave",
    "text_again": "workers.message",
}
