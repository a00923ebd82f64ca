from .manage import DecisionForm, EndSeatForm, EventFilterForm, ReasonForm, SeatForm, StaffForm
from .people import AgentForm, ContactForm, EntityForm, RegisterForm
from .sign_in import (
    ActivateTOTPForm,
    AuthenticateForm,
    ChangePasswordForm,
    ReauthenticateCodeForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SignInForm,
)

__all__ = [
    "ActivateTOTPForm",
    "AgentForm",
    "AuthenticateForm",
    "ChangePasswordForm",
    "ContactForm",
    "DecisionForm",
    "EndSeatForm",
    "EntityForm",
    "EventFilterForm",
    "ReasonForm",
    "ReauthenticateCodeForm",
    "ReauthenticateForm",
    "RegisterForm",
    "ResetPasswordForm",
    "ResetPasswordKeyForm",
    "SeatForm",
    "SignInForm",
    "StaffForm",
]
