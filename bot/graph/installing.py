"""How does somebody get the app in Teams who never asked for it? The tenant's own copy of it is installed for them."""

from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import Final

from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph.generated.app_catalogs.teams_apps.teams_apps_request_builder import TeamsAppsRequestBuilder
from msgraph.generated.models.user_scope_teams_app_installation import UserScopeTeamsAppInstallation

from bot.graph.kit import GoneError, GraphKit, ThereError
from bot.graph.parsed import AccountPage
from training.directory.model import AppAtPerson, InstallOutcome
from training.errors import ErrorCode, RollcallError

READ_CATALOGUE: Final = "AppCatalog.Read.All"
INSTALL: Final = "TeamsAppInstallation.ReadWriteSelfForUser.All"


async def install(kit: GraphKit, app: str, object_ids: Sequence[str]) -> AsyncIterator[AppAtPerson]:
    """One person after the other. ``app`` is the id in the package; the tenant has another for it."""
    bind = f"{kit.root}/appCatalogs/teamsApps/{await _in_catalogue(kit, app)}"
    for object_id in object_ids:
        body = UserScopeTeamsAppInstallation(additional_data={"teamsApp@odata.bind": bind})
        builder = kit.client.users.by_user_id(object_id).teamwork.installed_apps
        try:
            # Tried again it is there already, which is as good.
            await kit.act(partial(builder.to_post_request_information, body), INSTALL)
        except ThereError:
            outcome = InstallOutcome.THERE
        except GoneError:
            outcome = InstallOutcome.NO_ACCOUNT
        else:
            outcome = InstallOutcome.INSTALLED
        yield AppAtPerson(object_id, outcome)


async def _in_catalogue(kit: GraphKit, app: str) -> str:
    query = TeamsAppsRequestBuilder.TeamsAppsRequestBuilderGetQueryParameters(
        filter=f"externalId eq '{app}'", select=["id"]
    )
    request = partial(
        kit.client.app_catalogs.teams_apps.to_get_request_information,
        RequestConfiguration(query_parameters=query),
    )
    page = await kit.read(request, AccountPage, READ_CATALOGUE)
    if not page.value:
        raise RollcallError(ErrorCode.DIRECTORY_APP)
    return page.value[0].id
