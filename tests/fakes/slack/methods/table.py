"""Which methods are there?"""

from tests.fakes.slack.methods import chat, conversations, others, users, views
from tests.fakes.slack.methods.call import Method

METHODS: dict[str, Method] = {
    "auth.test": others.auth_test,
    "blocks.validate": others.blocks_validate,
    "chat.delete": chat.delete,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.postMessage": chat.post_message,
    "chat.update": chat.update,
    "conversations.history": conversations.history,
    "conversations.info": conversations.info,
    "conversations.open": conversations.open_,
    "conversations.replies": conversations.replies,
    "files.info": others.files_info,
    "reactions.add": others.reactions_add,
    "users.conversations": conversations.of_user,
    "users.info": users.info,
    "users.list": users.list_,
    "users.lookupByEmail": users.lookup_by_email,
    "views.open": views.open_,
    "views.publish": views.publish,
    "views.push": views.push,
    "views.update": views.update,
}
FORM_ONLY = {
    "apps.connections.open",
    "conversations.history",
    "conversations.info",
    "conversations.replies",
    "files.info",
    "users.conversations",
    "users.info",
    "users.list",
    "users.lookupByEmail",
}
"""Methods that read nothing from a JSON body."""
