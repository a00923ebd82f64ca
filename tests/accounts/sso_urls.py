"""The portal's addresses where a provider of single sign-on is named."""

from django.urls import include, path

from accounts.urls import single_sign_on_urlpatterns
from portal.urls import urlpatterns as portal

urlpatterns = [*portal, path("accounts/", include(single_sign_on_urlpatterns))]
