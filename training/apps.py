from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = "法治培训"

    def ready(self) -> None:
        from casework.registry import Chapter, register
        from training.procedures import PROCEDURES

        register(Chapter(code="training", title="法治培训", procedures=PROCEDURES))
