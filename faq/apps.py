from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "faq"
    default_auto_field = "django.db.models.BigAutoField"
