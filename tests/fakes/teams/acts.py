"""What does Teams send when people do something? Each activity as Microsoft sends it, and true in the world too."""

import html
from collections.abc import Callable, Mapping
from typing import Any

from tests.fakes.teams import answers, buttons, shapes
from tests.fakes.teams.delivery import Answer, Parcel
from tests.fakes.teams.filling import filled
from tests.fakes.teams.world import Chat, Dialog, Message, Person, SharedFile, Team, World

Json = dict[str, Any]

Settle = Callable[[Answer], Answer]
FROM_A_MESSAGE = {"source": {"name": "message"}}


class Acts:
    """Writes activities. Nothing is sent before ``.to(door)``; what they tell has happened in the world.

    People can only do what Teams lets them: anything else fails the test.
    """

    def __init__(self, world: World) -> None:
        self._world = world

    # -- messages

    def message(self, person: Person, text: str) -> Parcel:
        """A person writes to the bot, between the two of them."""
        assert person.installed, f"{person.name} does not have the app"
        said = self._world.put(self._world.personal(person), person, text=text)
        return self._said(said)

    def mention(
        self, person: Person, text: str, where: Chat, thread: Message | None = None, **others: Person
    ) -> Parcel:
        """A person calls the bot in a group chat or channel, perhaps in a thread.

        ``others`` are more people who are mentioned, by the word that stands for them in braces in the text.
        """
        assert person in where.members, f"{person.name} is not there"
        assert where.with_bot, "the bot is not there, so it hears nothing"
        called = [(self._world.app.id, self._world.app.name)]
        # So the client writes it: the space behind a name is a hard one, by its name, and a line end follows.
        words = f"<at>{self._world.app.name}</at>&nbsp;{text}\n"
        for word, other in others.items():
            words = words.replace(f"{{{word}}}", f"<at>{other.name}</at>")
            called.append((other.id, other.name))
        said = self._world.put(where, person, text=words, thread=thread.thread if thread else "")
        parcel = self._said(said)
        mentions = [
            {"type": "mention", "mentioned": {"id": name, "name": shown}, "text": f"<at>{shown}</at>"}
            for name, shown in called
        ]
        return parcel.changed(entities=[*mentions, *parcel.activity["entities"]])

    def edit(self, said: Message, text: str) -> Parcel:
        """A person changes what they wrote. The activity has the id of the message, as the first one had."""
        self._world.change(said, text, None)
        return self._again(said, "messageUpdate", "editMessage")

    def delete(self, said: Message) -> Parcel:
        """A person takes a message away."""
        said.deleted = True
        return self._again(said, "messageDelete", "softDeleteMessage")

    def restore(self, said: Message) -> Parcel:
        """A person brings back a message that they took away."""
        said.deleted = False
        return self._again(said, "messageUpdate", "undeleteMessage")

    def react(self, person: Person, said: Message, kind: str = "like", *, remove: bool = False) -> Parcel:
        """A person reacts to a message of the bot's."""
        assert said.sender is None, "the bot is told of reactions to its own messages only"
        mark = (person.id, kind)
        said.reactions.remove(mark) if remove else said.reactions.append(mark)
        name = "reactionsRemoved" if remove else "reactionsAdded"
        return self.event(
            "messageReaction", person, said.chat, said, replyToId=said.id, **{name: [{"type": kind}]}
        )

    def typing(self, person: Person) -> Parcel:
        """A person is seen to write."""
        return self.event("typing", person, self._world.personal(person))

    # -- files

    def file(
        self,
        person: Person,
        name: str,
        content: bytes,
        mimetype: str = "application/pdf",
        text: str = "",
    ) -> Parcel:
        """A person sends a file to the bot; its address holds for five minutes, and without a token."""
        return self.files(person, (name, content, mimetype), text=text)

    def files(self, person: Person, *given: tuple[str, bytes, str], text: str = "") -> Parcel:
        """A person sends several files at once, each with name, content and type."""
        assert self._world.cloud.takes_files, "bots take no files in this cloud"
        assert self._world.app.supports_files, "the app's manifest says that it takes no files"
        parcel = self.message(person, text)
        attached = [self._attached(person, self._world.add_file(*each)) for each in given]
        return parcel.changed(attachments=[*attached, *parcel.activity["attachments"]])

    def picture(self, person: Person, content: bytes, text: str = "") -> Parcel:
        """A person pastes a picture; its address needs the bot's token."""
        pasted = self._world.add_file("image", content, "image/png")
        parcel = self.message(person, text)
        url = f"{self._world.service_url}v3/attachments/{pasted.id}/views/original"
        page = {
            "contentType": "text/html",
            "content": f'<p>{html.escape(text)}<img src="{url}" alt="image"></p>',
        }
        return parcel.changed(attachments=[{"contentType": "image/*", "contentUrl": url}, page])

    def file_elsewhere(self, person: Person, where: Chat, text: str = "") -> Parcel:
        """A file in a group chat or channel: the bot learns that there is one, and has no address of it."""
        parcel = self.mention(person, text, where)
        page = f'<p>{html.escape(text)}</p><attachment id="{self._world.new_name("")}"></attachment>'
        return parcel.changed(attachments=[{"contentType": "text/html", "content": page}])

    def _attached(self, person: Person, shared: SharedFile) -> Json:
        drive = (
            f"https://lakemont-my.sharepoint.com/personal/{person.upn.replace('@', '_').replace('.', '_')}"
        )
        return {
            "contentType": shapes.FILE,
            "contentUrl": f"{drive}/Documents/Microsoft Teams Chat Files/{shared.name}",
            "name": shared.name,
            "content": {
                "downloadUrl": f"{self._world.base}/download/{shared.id}?tempauth={shared.id[:8]}",
                "uniqueId": shared.id,
                "fileType": shared.name.rpartition(".")[2].lower() if "." in shared.name else "",
                "etag": f'"{{{shared.id.upper()}}},1"',
            },
        }

    # -- cards and dialogs

    def press(
        self,
        person: Person,
        said: Message,
        title: str,
        *,
        data: Mapping[str, str] | None = None,
        old: bool = False,
        stale: bool = False,
    ) -> Parcel:
        """A person presses a button of a message, by its title; ``data`` tells apart several of one title.

        ``old`` is a client that knows no Execute and takes its fallback; ``stale`` presses what stood there before
        the last edit.
        """
        assert not said.deleted or stale, "the message is gone"
        card = said.versions[-1].card if stale else said.card_for(person)
        assert card is not None, "the message has no card"
        action = self._action(card, title, data or {})
        if old and action["type"] == buttons.EXECUTE:
            action = action["fallback"]
        sent = self._data(card, action, {})
        if action["type"] == buttons.EXECUTE:
            kept = {name: action[name] for name in ("type", "title", "id", "verb") if name in action}
            return self._invoke(
                person,
                said,
                "adaptiveCard/action",
                {"action": kept | {"data": sent}, "trigger": "manual"},
                lambda answer: answers.after_execute(self._world, person, said, answer),
            )
        if buttons.opens_dialog(action):
            return self._invoke(
                person,
                said,
                "task/fetch",
                {"data": sent, "context": {"theme": "default"}},
                lambda answer: answers.after_fetch(self._world, person, said, answer),
            )
        return self._pressed("message", person, said, value=sent)

    def submit(
        self, person: Person, values: Mapping[str, str] | None = None, title: str | None = None
    ) -> Parcel:
        """A person sends the dialog that is open; ``values`` fill it in by id, ``title`` tells its buttons apart."""
        dialog = self.dialog(person)
        action = self._action(dialog.card, title, {})
        value = {"data": self._data(dialog.card, action, values or {}), "context": {"theme": "default"}}
        return self._invoke(
            person,
            dialog.opened_from,
            "task/submit",
            value,
            lambda answer: answers.after_submit(self._world, person, dialog.opened_from, answer),
        )

    def dialog(self, person: Person) -> Dialog:
        """The dialog that this person has open."""
        found = self._world.dialogs.get(person.id)
        assert found is not None, f"{person.name} has no dialog open"
        return found

    def close(self, person: Person) -> None:
        """A person closes the dialog; the app is told nothing."""
        assert self._world.dialogs.pop(person.id, None) is not None, f"{person.name} has no dialog open"

    def invoke(self, person: Person, name: str, value: Json) -> Parcel:
        """An invoke of any other name, of which an app must not break."""
        return self._invoke(person, None, name, value, answers.delivered)

    def _action(self, card: Json, title: str | None, data: Mapping[str, str]) -> Json:
        titled = [each for each in buttons.actions(card) if title in (None, each.get("title"))]
        found = [each for each in titled if data.items() <= each.get("data", {}).items()] if data else titled
        offered = [each.get("title") for each in buttons.actions(card)]
        assert found, f"nothing to press: {title}; there is {offered}"
        assert len(found) == 1, f"several to press: {title}; there is {offered}"
        assert found[0]["type"] in (buttons.EXECUTE, buttons.SUBMIT), f"{title} tells the app nothing"
        return found[0]

    def _data(self, card: Json, action: Json, typed: Mapping[str, str]) -> Json:
        if action.get("associatedInputs") == "none":
            assert not typed, "the button sends no inputs"
            return dict(action["data"])
        return {**action["data"], **filled(card, typed)}

    # -- the app comes and goes

    def install(self, person: Person, action: str = "add") -> Parcel:
        """The app is installed for a person, by them or by the agency; ``add-upgrade`` is a new version."""
        person.installed = True
        return self.event("installationUpdate", person, self._world.personal(person), action=action)

    def uninstall(self, person: Person, action: str = "remove") -> Parcel:
        """The app is taken away from a person."""
        person.installed = False
        return self.event("installationUpdate", person, self._world.personal(person), action=action)

    def bot_added(self, person: Person) -> Parcel:
        """The other event of an installation for a person."""
        members = [{"id": self._world.app.id}, shapes.account(person, named=False)]
        return self.event("conversationUpdate", person, self._world.personal(person), membersAdded=members)

    def install_in(self, person: Person, where: Chat, action: str = "add") -> Parcel:
        """The app is installed in a group chat or team."""
        where.with_bot = True
        return self.event("installationUpdate", person, where, action=action)

    def uninstall_in(self, person: Person, where: Chat, action: str = "remove") -> Parcel:
        """The app is taken out of a group chat or team."""
        where.with_bot = False
        return self.event("installationUpdate", person, where, action=action)

    def joined(self, person: Person, team: Team) -> Parcel:
        """Somebody comes into a team."""
        team.members.append(person)
        parcel = self.event(
            "conversationUpdate", person, team.general, membersAdded=[shapes.account(person, named=False)]
        )
        return parcel.changed(channelData={**parcel.activity["channelData"], "eventType": "teamMemberAdded"})

    # -- anything

    def event(
        self, kind: str, person: Person, where: Chat, about: Message | None = None, **fields: Any
    ) -> Parcel:
        """An activity of any type that is no message of a person's; ``fields`` are added to it."""
        told = shapes.activity(self._world, kind, person, where, about, named=False)
        return Parcel({**told, **fields}, about, answers.delivered)

    # -- parts

    def _said(self, said: Message) -> Parcel:
        assert said.sender is not None
        told = shapes.activity(self._world, "message", said.sender, said.chat, said, named=True)
        told |= {"id": said.id, "textFormat": "plain", "attachments": [shapes.written(said.text)]}
        # A message of files alone has no text at all.
        if said.text:
            told["text"] = said.text
        if said.thread not in ("", said.id):
            told["replyToId"] = said.thread
        return Parcel(told, said, answers.delivered)

    def _again(self, said: Message, kind: str, event: str) -> Parcel:
        parcel = self._said(said).changed(type=kind)
        data = {**parcel.activity["channelData"], "eventType": event}
        told = {**parcel.activity, "channelData": data}
        if kind == "messageDelete":
            told = {
                name: value
                for name, value in told.items()
                if name not in ("text", "textFormat", "attachments")
            }
        return Parcel(told, said, answers.delivered)

    def _pressed(self, kind: str, person: Person, said: Message | None, **fields: Any) -> Parcel:
        where = said.chat if said is not None else self._world.personal(person)
        told = shapes.activity(self._world, kind, person, where, said, named=True)
        told["channelData"] |= FROM_A_MESSAGE
        if said is not None:
            told["replyToId"] = said.id
        return Parcel({**told, **fields}, said, answers.delivered)

    def _invoke(self, person: Person, said: Message | None, name: str, value: Json, settle: Settle) -> Parcel:
        parcel = self._pressed("invoke", person, said, name=name, value=value)
        return Parcel(parcel.activity, said, settle)
