"""How does Slack write a person, a message, a channel, a file or a view as JSON?"""

from typing import Any

from tests.fakes.slack.world import Channel, Install, Message, SharedFile, User, View, World

Json = dict[str, Any]


def team(world: World, team_id: str) -> Json:
    """A workspace, in interaction payloads."""
    space = world.workspaces[team_id]
    told = {"id": space.id, "domain": space.domain}
    if space.enterprise_id:
        told |= {"enterprise_id": space.enterprise_id, "enterprise_name": space.enterprise_name or ""}
    return told


def enterprise(world: World, team_id: str) -> Json | None:
    """The organization of a workspace, or null."""
    space = world.workspaces[team_id]
    return {"id": space.enterprise_id, "name": space.enterprise_name or ""} if space.enterprise_id else None


def user(person: User, *, with_email: bool) -> Json:
    """A person, as users.info tells; the e-mail only for those who may know it."""
    profile: Json = {
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.display_name,
        "display_name_normalized": person.display_name,
        "team": person.team_id,
    }
    if with_email and person.email and not person.is_bot:
        profile["email"] = person.email
    told: Json = {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.handle,
        "deleted": person.deleted,
        "profile": profile,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": 1_700_000_000,
    }
    if not person.deleted:
        told |= {
            "real_name": person.real_name,
            "tz": person.tz,
            "is_admin": False,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": person.is_restricted,
            "is_ultra_restricted": person.is_ultra_restricted,
            "is_email_confirmed": True,
        }
    if person.is_stranger:
        told["is_stranger"] = True
    if person.enterprise_id:
        told["enterprise_user"] = {
            "id": person.id,
            "enterprise_id": person.enterprise_id,
            "enterprise_name": "",
            "is_admin": False,
            "is_owner": False,
            "teams": list(person.teams or (person.team_id,)),
        }
    return told


def actor(person: User) -> Json:
    """Who pressed or submitted, in interaction payloads."""
    return {"id": person.id, "username": person.handle, "name": person.handle, "team_id": person.team_id}


def channel(world: World, place: Channel, install: Install) -> Json:
    """A conversation, as conversations.info tells."""
    told: Json = {
        "id": place.id,
        "created": 1_700_000_000,
        "is_archived": place.is_archived,
        "is_im": place.is_im,
        "is_ext_shared": place.is_ext_shared,
        "context_team_id": place.team_id,
    }
    if place.is_im:
        told["user"] = next((who for who in place.members if who != install.bot_user), install.bot_user)
        return told
    return told | {
        "name": place.name,
        "is_channel": place.kind == "channels",
        "is_group": place.kind == "groups",
        "is_private": place.kind == "groups",
        "is_shared": place.is_ext_shared,
        "is_member": install.bot_user in place.members,
        "num_members": len(place.members),
    }


def rich_text(text: str) -> list[Json]:
    """The block that Slack's own client makes of what a person types."""
    words = [{"type": "text", "text": text}] if text else []
    section = {"type": "rich_text_section", "elements": words}
    return [{"type": "rich_text", "block_id": "typed", "elements": [section]}]


def message(world: World, said: Message, *, all_metadata: bool = False) -> Json:
    """A message, as history and interaction payloads tell it."""
    told: Json = {"type": "message", "user": said.user, "ts": said.ts, "text": said.text}
    if said.subtype:
        told["subtype"] = said.subtype
    person = world.users.get(said.user)
    told["team"] = person.team_id if person else world.home_team
    if said.bot_id:
        told |= {
            "bot_id": said.bot_id,
            "app_id": world.app.id,
            "bot_profile": {
                "id": said.bot_id,
                "name": world.app.name,
                "app_id": world.app.id,
                "deleted": False,
            },
        }
    if said.blocks:
        told["blocks"] = said.blocks
    elif not said.bot_id and said.text:
        told["blocks"] = rich_text(said.text)
    if said.attachments:
        told["attachments"] = said.attachments
    if said.files:
        told["files"] = [{"id": each} for each in said.files]
    if said.edited:
        told["edited"] = {"user": said.user, "ts": said.edited}
    if said.thread_ts:
        told["thread_ts"] = said.thread_ts
    if said.reactions:
        told["reactions"] = [
            {"name": name, "users": who, "count": len(who)} for name, who in said.reactions.items()
        ]
    if said.metadata:
        payload = said.metadata["event_payload"] if all_metadata else {}
        told["metadata"] = {"event_type": said.metadata["event_type"], "event_payload": payload}
    return told


def file(shared: SharedFile, base: str) -> Json:
    """A file, as files.info tells it; the addresses need the token."""
    where = f"{base}/files-pri/{shared.team_id}-{shared.id}"
    told: Json = {
        "id": shared.id,
        "created": 1_700_000_000,
        "timestamp": 1_700_000_000,
        "name": shared.name,
        "title": shared.name,
        "mimetype": shared.mimetype,
        "filetype": shared.name.rpartition(".")[2].lower(),
        "user": shared.user,
        "user_team": shared.team_id,
        "size": len(shared.content) if shared.told_size is None else shared.told_size,
        "mode": shared.mode,
        "is_external": shared.mode == "external",
        "is_public": False,
        "public_url_shared": False,
        "channels": [each for each in shared.channels if each[0] == "C"],
        "groups": [each for each in shared.channels if each[0] == "G"],
        "ims": [each for each in shared.channels if each[0] == "D"],
    }
    if shared.mode == "tombstone":
        return {"id": shared.id, "mode": "tombstone"}
    if shared.mode != "hidden_by_limit":
        told |= {
            "url_private": f"{where}/{shared.name}",
            "url_private_download": f"{where}/download/{shared.name}",
            "permalink": f"{base}/files/{shared.user}/{shared.id}/{shared.name}",
        }
    return told


def view(world: World, shown: View) -> Json:
    """A view, as views.* answer and interaction payloads tell it."""
    kept = shown.payload
    install = world.bot_of(shown.team_id)
    told: Json = {
        "id": shown.id,
        "team_id": shown.team_id,
        "type": kept["type"],
        "blocks": kept["blocks"],
        "private_metadata": kept.get("private_metadata", ""),
        "callback_id": kept.get("callback_id", ""),
        "external_id": kept.get("external_id", ""),
        "state": {"values": {}},
        "hash": shown.hash,
        "title": kept.get("title", {"type": "plain_text", "text": "View Title", "emoji": True}),
        "clear_on_close": kept.get("clear_on_close", False),
        "notify_on_close": kept.get("notify_on_close", False),
        "close": kept.get("close"),
        "submit": kept.get("submit"),
        "previous_view_id": shown.previous_id,
        "root_view_id": shown.root_id,
        "app_id": world.app.id,
        "app_installed_team_id": install.team_id,
        "bot_id": install.bot_id,
    }
    return told
