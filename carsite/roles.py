"""The four roles. The groups are made by a migration; `install` may be called again and again."""

ADMINISTRATORS = "administrators"
TEXTS = ["articles.article", "faq.entry", "articles.term", "articles.page"]
FRAME = "publishing.frame"
KEPT = [
    "faq.entrycheck",
    *(f"{text}{kept}" for text in (*TEXTS, FRAME) for kept in ("review", "edition")),
    "articles.topicedition",
    "publishing.line",
    "articles.intake",
]
AROUND = ["articles.topic", "publishing.publisher", "publishing.sponsor", "publishing.picture", FRAME]
SEARCH = ["publishing.pair"]


def _can(verbs, models):
    """Permissions by (app, codename)."""
    pairs = [model.split(".") for model in models]
    return {(app, f"{verb}_{name}") for app, name in pairs for verb in verbs.split()}


READ = _can("view", [*TEXTS, *KEPT, *AROUND, *SEARCH])
REVIEW = READ | _can("review", [*TEXTS, FRAME])
WRITE = READ | _can("add change delete", TEXTS) | _can("add change", ["publishing.picture"])
PUBLISH = WRITE | _can("publish", TEXTS) | _can("add change", SEARCH)
ADMINISTER = (
    PUBLISH
    | _can("add change view", ["auth.user"])
    | _can("view", ["auth.group"])
    | _can("add change delete", ["publishing.publisher", "publishing.sponsor"])
    | _can("add change", ["articles.topic"])
    | _can("add change publish", [FRAME])
    | _can("view", ["publishing.access"])
    | _can("add change view", ["publishing.reviewer"])
    | _can("redact", [*TEXTS, "articles.topic", FRAME])
)
ROLES = {
    "writers": WRITE,
    "clinical reviewers": REVIEW,
    "publishers": PUBLISH,
    ADMINISTRATORS: ADMINISTER,
}


def install(apps):
    """Make the groups and give each exactly its permissions."""
    group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    known = {
        (one.content_type.app_label, one.codename): one
        for one in permission_model.objects.select_related("content_type")
    }
    for role, permissions in ROLES.items():
        group, _made = group_model.objects.get_or_create(name=role)
        group.permissions.set([known[permission] for permission in permissions])
