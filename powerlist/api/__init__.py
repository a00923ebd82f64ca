"""The lists for programs, below /api/v1/."""

from powerlist.api import communities, organs, powers, purchases

urlpatterns = [*powers.urlpatterns, *organs.urlpatterns, *purchases.urlpatterns, *communities.urlpatterns]
