"""Questions about cases. Visibility is a queryset; rights are asked in one place."""
