"""A stand-in for Microsoft Teams on loopback: Entra, the signing keys, the connector, the drive, and what people do.

Set up::

    with StandIn(clock=clock) as teams:              # server.py; cloud="gcc-high", limits=Limits.none(), app=App(...)
        ruiz = teams.world.add_person("Dana Ruiz")   # .aad, .id ("29:..."), .email, .upn, .installed, .blocked
        app = teams.world.app                        # .client_id, .client_secret; teams.world.tenant
        teams.authority_url, teams.openid_url        # what the app is pointed at
        door = teams.door("http://127.0.0.1:8000/api/messages")   # patience=..., client=..., now=clock.now

The app checks tokens with the machine's clock or with its own: ``now`` is the clock of the token's claims, the
machine's unless said otherwise. Everything else goes by ``clock``: how long the app's own tokens hold, addresses of
files, limits. Nothing sleeps.

What people do; each makes a ``Parcel``, and ``.to(door)`` carries it and gives the ``Answer`` (``.ok``, ``.status``,
``.failure`` when it was not delivered, ``.trouble`` when Teams cannot use an answer, ``.json()``)::

    teams.acts.message(ruiz, "am i good?").to(door)
    teams.acts.mention(ruiz, "help", channel)           # team = world.add_team(...); team.general; world.add_group(...)
    teams.acts.file(ruiz, "card.pdf", content)          # .picture, .files, .file_elsewhere
    teams.acts.press(sergeant, said, "Approve")         # Execute, Submit or task/fetch, as the button is
    teams.acts.press(..., old=True)                     # the fallback; stale=True: what stood there before the edit
    teams.acts.submit(ruiz, {"hours": "8"})             # the dialog in teams.world.dialogs[ruiz.id]
    teams.acts.edit(parcel.said, "no"), .delete, .restore, .react, .typing
    teams.acts.install(ruiz), .uninstall, .bot_added, .install_in, .joined, .event, .invoke
    parcel.to(door); parcel.to(door)                    # redelivered: the same activity once more

What is wrong in one way: ``WRONGS[way](parcel, door).to(door)`` for each ``way`` of ``wrongs.WRONGS``; also
``parcel.claiming(exp=None)``, ``.sealed(key=..., algorithm=...)``, ``.changed(channelId="x")``, ``.with_body(b"{")``,
``.oversized(300_000)``. Keys: ``teams.world.keys.add() .remove(key) .replace()``.

What is seen: ``teams.world.said_to(ruiz)`` and ``.posted(chat)`` are the bot's messages as they stand now (``.text``,
``.card``, ``.summary``, ``.card_for(person)``, ``.versions``, ``.edited``, ``.deleted``, ``.thread``);
``.notices[person.id]`` what was shown below a card, ``.dialogs[person.id]`` what is open.

What the app asked: ``teams.calls``, ``teams.calls_of(SEND)``, ``teams.journal.until_called(SEND, 2)``; ``call.error``,
``call.reason`` (why it was refused), ``call.done``. The names are in ``faults``.

What goes wrong: ``teams.faults.next(SEND, rate_limited(3), failed(after=True, status=502), dropped(after=False))``
and ``.always``; ``refused("BotNotInConversationRoster")`` for every code in ``errors``, ``page(502)``,
``malformed()``, ``held(after=True)``. What lasts: ``person.installed = False``, ``chat.deleted = True``,
``person.blocked = "MessageWritesBlocked"``, ``world.disabled_by_admin = True``, ``authority.revoke()`` and
``authority.secret_expired = True``; ``world.region = "emea"`` is another service address from now on.
"""
