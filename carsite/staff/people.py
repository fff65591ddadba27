"""Accounts as the access record tells of them: who made one, who changed what of it, who may do what."""

from publishing.models import Access, Hand, access


def of(user):
    """What the record tells of an account, as it is in the database now."""
    kept = type(user)._default_manager.get(pk=user.pk)
    return {
        "name": (kept.username, kept.first_name, kept.last_name),
        "mail": kept.email,
        "is_active": kept.is_active,
        "roles": {group.name for group in kept.groups.all()} | ({"superuser"} if kept.is_superuser else set()),
    }


def subject(user):
    return f"account/{user.pk}"


def told(request, user, before):
    """Write a line for each thing that this request changed of an account; `before` is None for a new one."""
    now, by, about = of(user), Hand.of(request.user), {"whom": user.get_username()}
    verb = Access.Verb

    def line(which, **detail):
        access.record(which, subject(user), by=by, **about, **detail)

    if before is None:
        line(verb.MAKE)
        before = {**now, "roles": set()}
    if now["name"] != before["name"]:
        line(verb.RENAME, **{"from": " ".join(before["name"]), "to": " ".join(now["name"])})
    if now["mail"] != before["mail"]:
        line(verb.MAIL, **{"from": before["mail"], "to": now["mail"]})
    if now["is_active"] != before["is_active"]:
        line(verb.OPEN if now["is_active"] else verb.CLOSE)
    for role in sorted(now["roles"] - before["roles"]):
        line(verb.GIVE, role=role)
    for role in sorted(before["roles"] - now["roles"]):
        line(verb.TAKE, role=role)


def password_set(request, user):
    """Somebody set a password: their own, or another's."""
    is_own = request.user.pk == user.pk
    verb = Access.Verb.OWN_PASSWORD if is_own else Access.Verb.SET_PASSWORD
    access.record(verb, subject(user), by=Hand.of(request.user), whom=user.get_username())
