"""Settings, from the environment; docs/operator.md explains each variable. With none set it runs on this machine."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import django

from carsite import VERSION as VERSION
from carsite import environment as env
from carsite import languages as words
from carsite.meanings import paper, store_of_pictures

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = env.folder("VAR", BASE_DIR / "var")

PORT = env.number("PORT", 8000)
SITE_URL = env.site_url(PORT)
env.refuse_public_without_https(SITE_URL)
DEBUG = env.truth("DEBUG", False)
SECRET_KEY = env.secret_key(VAR, SITE_URL)
ALLOWED_HOSTS = [
    host.strip() for host in env.text("ALLOWED_HOSTS", urlsplit(SITE_URL).hostname).split(",") if host.strip()
]
# A process that only serves readers: no staff, and a database role that may write almost nothing (operator.md).
PUBLIC_ONLY = env.truth("PUBLIC_ONLY", False)
PAGES_IN_MEMORY = PUBLIC_ONLY
DATABASES = {"default": env.database(f"sqlite:///{VAR / 'site.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == env.ENGINES["sqlite"]:
    # A real file in tests too: several connections to a database in memory block each other in ways no site sees.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / f"test-{os.getpid()}.sqlite3")}
MEDIA_ROOT = env.text("MEDIA_ROOT", str(VAR / "media"))
MEDIA_URL = "/media/"
MEDIA_STORE = env.text("MEDIA_STORE", "")  # a bucket, instead of that folder

INSTALLED_APPS = [
    "carsite",
    "faq",
    "articles",
    "publishing",
    "markdownx",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "carsite.apps.StaffConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "carsite.reader.stored.stored_pages",
    "carsite.middleware.moment",
    "carsite.middleware.headers",
    "carsite.middleware.CompressedForStaff",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "carsite.middleware.language_of_the_path",
    "carsite.middleware.of_nobody",
    "carsite.middleware.no_nul",
    # Sessions are lazy: a page that needs none opens none.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "carsite.middleware.much_from_staff_alone",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "carsite.staff.entrance.refusals",
    "axes.middleware.AxesMiddleware",
]
if PUBLIC_ONLY:  # nobody logs in
    MIDDLEWARE = [one for one in MIDDLEWARE if not one.startswith(("django.contrib.", "carsite.staff.", "axes."))]
ROOT_URLCONF = "carsite.urls"
FORCE_SCRIPT_NAME = ""  # the site stands at the root of its host, whatever a header says
WSGI_APPLICATION = "carsite.wsgi.application"
LOADERS = [f"django.template.loaders.{one}.Loader" for one in ("filesystem", "app_directories")]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("carsite.reader.templating.Loader", LOADERS)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "carsite.reader.around.around",
            ],
        },
    },
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Language and time. A guide in another language than the first lives under /<language>/.
LANGUAGE_CODE = words.FIRST
LANGUAGES = words.languages()
_codes = [code for code, _name in LANGUAGES]
LANGUAGES_BIDI = words.from_right_to_left(_codes)
LOCALE_PATHS = words.catalogues(BASE_DIR / "carsite" / "locale")
# Around a guide in another language than these stand the words of the first.
SPOKEN = words.spoken(_codes, LOCALE_PATHS)
FORMAT_MODULE_PATH = "carsite.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.time_zone("Asia/Kolkata")
PAPER = paper()
# Where somebody tells of a hole in the site: an address for mail, or a page.
SECURITY_CONTACT = env.text("SECURITY_CONTACT", f"{SITE_URL}/contact/")

# Who may come in
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["carsite.staff.log_in.TurnsHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
# As long as NIST SP 800-63B-4 asks of a password that stands alone.
AUTH_PASSWORD_VALIDATORS += [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}}
]
# A log-in ends when nobody has used it for a working day; `StaffSite` counts anew at each page of the staff.
SESSION_COOKIE_AGE = env.number("IDLE_HOURS", 9) * 3600
# A code of an app beside the password, for all staff: where others than this machine can reach the log-in.
SECOND_FACTOR = env.truth("SECOND_FACTOR", False) or not env.is_local(SITE_URL)
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_CLIENT_IP_CALLABLE = "carsite.staff.log_in.address_of"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True  # the access record has it, and forgets its words in time
# How long the access record keeps names, addresses and words; its lines and hashes stay.
ACCESS_DAYS = env.number("ACCESS_DAYS", 730)
# How long what is typed and never saved is kept.
UNSAVED_DAYS = env.number("UNSAVED_DAYS", 30)
# How long what readers write below a guide is kept, where the clinic asks for it.
VOICE_DAYS = env.number("VOICE_DAYS", 365)
# Whether links to other sites are tried at night: then this machine asks hosts that guides name.
TRIES_LINKS = env.truth("TRIES_LINKS", False)
# For whom backups are sealed, public keys of age; and the folder into which `daily` writes one each night.
BACKUP_KEY = env.text("BACKUP_KEY", "")
BACKUPS = env.text("BACKUPS", "")
BACKUP_DAYS = env.number("BACKUP_DAYS", 30)
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

# Mail, for reminders and invitations. Without EMAIL_URL nothing is sent, and the pages and commands say so.
MAIL_SECONDS = 10  # a person waits while the mail server is asked, so one that does not answer is given up soon
mail = env.mail()
if django.VERSION < (6, 1):
    mail["EMAIL_TIMEOUT"] = MAIL_SECONDS
elif mail["MAILERS"]["default"]["BACKEND"].endswith("smtp.EmailBackend"):
    mail["MAILERS"]["default"]["OPTIONS"]["timeout"] = MAIL_SECONDS
vars().update(mail)
HAS_MAIL = bool(env.text("EMAIL_URL", ""))
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", f"guides@{urlsplit(SITE_URL).hostname}")

# An https address turns on what only makes sense with it.
IS_HTTPS = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
BEHIND_PROXY = env.truth("BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "carsite.faults.forbidden"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 200  # of a folder of leaflets that is brought in
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Files of our own making, served by WhiteNoise under hashed names
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": store_of_pictures(MEDIA_STORE, env.text("AWS_DEFAULT_REGION", "us-east-1")),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# The editor: the widget of django-markdownx, never its own endpoints (docs/decisions/0004-the-editor.md)
MARKDOWNX_MARKDOWNIFY_FUNCTION = "publishing.text.html.rendering.render_html"
MARKDOWNX_URLS_PATH = "/admin/editor/preview/"
MARKDOWNX_UPLOAD_URLS_PATH = "/admin/editor/picture/"

LOGS = env.one_of("LOGS", ("line", "json"))
# Paths are logged, query strings and addresses of readers are not.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "carsite.serving.logs.OneLine",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        },
        "json": {"()": "carsite.serving.logs.AsJson"},
    },
    "filters": {"refused": {"()": "carsite.serving.logs.Refused"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOGS}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Strangers who ask for other hosts get their 400; a traceback for each would fill the disk.
    "loggers": {"django.security.DisallowedHost": {"level": "CRITICAL"}, "django.request": {"filters": ["refused"]}},
}
