"""All of Django's settings. What depends on the place is read by `env`."""

from csp.constants import NONE, SELF

from xpassfam.config import env as environment
from xpassfam.config import logs, menus, services

ENV = environment.read()
ROOT = environment.ROOT
VAR = ENV.var
BASE_URL = ENV.base_url
IS_DEMO = ENV.is_demo
FAMILY_MENU = menus.FAMILY_MENU
ACCOUNT_MENU = menus.ACCOUNT_MENU
MENU_OF_ROOM = menus.MENU_OF_ROOM

DEBUG = False
LOGGING = logs.configure(is_demo=ENV.is_demo, level=ENV.log_level)
SECRET_KEY = ENV.secret_key
SECRET_KEY_FALLBACKS = list(ENV.old_secret_keys)
FILE_KEYS = [ENV.file_key, *ENV.old_file_keys]
FILES_URL = ENV.files_url
SEAL = ENV.seal
SCANNER_URL = ENV.scanner_url
LEAKED_PASSWORDS_URL = ENV.leaked_passwords_url
ALLOWED_HOSTS = [ENV.host] + (["localhost", "127.0.0.1", "[::1]", "testserver"] if IS_DEMO else [])

INSTALLED_APPS = [
    "xpassfam.demo",
    "xpassfam.dashboard",
    "xpassfam.privacy",
    "xpassfam.desk",
    "xpassfam.support",
    "xpassfam.filings",
    "xpassfam.procedures",
    "xpassfam.certificates",
    "xpassfam.services",
    "xpassfam.entitlements",
    "xpassfam.documents",
    "xpassfam.household",
    "xpassfam.payments",
    "xpassfam.register",
    "xpassfam.accounts",
    "xpassfam.people",
    "xpassfam.help",
    "xpassfam.journal",
    "xpassfam.outbox",
    "xpassfam.vault",
    "xpassfam.organisation",
    "xpassfam.ui",
    "xpassfam.jobs",
    "xpassfam.organisation.admin_site.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_tasks",
    "django_tasks_db",
    "csp",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "xpassfam.organisation.middleware.OrganisationMiddleware",
    "xpassfam.ui.middleware.LanguageMiddleware",
    "xpassfam.accounts.bodies.BodyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "xpassfam.accounts.middleware.SignInFirstMiddleware",
    "xpassfam.accounts.middleware.AccessMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "xpassfam.ui.middleware.ButtonAddressMiddleware",
]

ROOT_URLCONF = "xpassfam.config.urls"
WSGI_APPLICATION = "xpassfam.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "xpassfam.ui.templatetags.ui",
                "xpassfam.ui.templatetags.ui_forms",
                "xpassfam.ui.templatetags.ui_words",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "xpassfam.organisation.context.organisation",
                "xpassfam.ui.context.chosen_theme",
            ],
        },
    }
]
FORM_RENDERER = "xpassfam.ui.renderer.FormRenderer"

DATABASES = {"default": services.database(ENV.database_url, var=VAR)}

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["xpassfam.accounts.backend.AccountBackend"]
PASSWORD_HASHERS = ["xpassfam.accounts.hashing.Argon2Hasher"]
ARGON2_COST = {"memory_cost": 19 * 1024, "time_cost": 2, "parallelism": 1}
AUTH_PASSWORD_VALIDATORS = [{"NAME": "xpassfam.accounts.password_policy.PolicyValidator"}]
LOGIN_URL = "/connexion/"
LOGIN_REDIRECT_URL = "/mon-compte/"
SESSION_ENGINE = "xpassfam.accounts.sessions"
MESSAGE_STORAGE = "xpassfam.ui.cookies.MessageStorage"

_MAIL = services.mail(ENV.smtp_url)
EMAIL_BACKEND = _MAIL.backend
EMAIL_HOST = _MAIL.host
EMAIL_PORT = _MAIL.port
EMAIL_HOST_USER = _MAIL.user
EMAIL_HOST_PASSWORD = _MAIL.password
EMAIL_USE_TLS = _MAIL.starttls
EMAIL_USE_SSL = _MAIL.tls
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = f"ne-pas-repondre@{ENV.host}"

SMS_URL = ENV.sms_url

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [ROOT / "xpassfam" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
FILE_UPLOAD_HANDLERS = [
    "xpassfam.accounts.bodies.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "xpassfam.accounts.bodies.NamelessUploadHandler",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "xpassfam.ui.static_files.Storage"},
}

# Cookies. The __Host- prefix needs Secure, which Safari refuses on http://localhost.
_PREFIX = "__Host-" if ENV.is_https else ""
SESSION_COOKIE_NAME = f"{_PREFIX}session"
CSRF_COOKIE_NAME = f"{_PREFIX}csrf"
DEVICE_COOKIE_NAME = f"{_PREFIX}device"
STEP_COOKIE_NAME = f"{_PREFIX}step"
CHECK_COOKIE_NAME = f"{_PREFIX}check"
MESSAGE_COOKIE_NAME = f"{_PREFIX}messages"
THEME_COOKIE_NAME = f"{_PREFIX}theme"
LANGUAGE_COOKIE_NAME = f"{_PREFIX}lang"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.is_https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "xpassfam.ui.errors.csrf"

SECURE_SSL_REDIRECT = ENV.is_https
SECURE_REDIRECT_EXEMPT = [r"^sante/"]
SECURE_HSTS_SECONDS = 63_072_000 if ENV.is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = ENV.is_https
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.trusted_proxies else None
TRUSTED_PROXIES = ENV.trusted_proxies
VISITOR_ADDRESS_HEADER = ENV.visitor_address_header

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": [NONE],
    },
}
