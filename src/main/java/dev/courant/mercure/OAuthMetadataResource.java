package dev.courant.mercure;

import static dev.courant.settings.SettingCatalogue.PUBLIC_URL;

import dev.courant.http.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The resource that describes the hub to OAuth clients (RFC 9728; Mercure, "Protected Resource Metadata"). */
@Path("oauth-protected-resource")
@ApplicationScoped
public class OAuthMetadataResource {

    @Inject
    private ProtectedResourceMetadata metadata;

    @Inject
    private MercureProtocol protocol;

    /**
     * Returns the metadata as JSON, whatever the request accepts.
     *
     * @param hub the path after that of this resource, which names the hub; with or without the context path and a
     *     prefix of a proxy
     */
    @GET
    @Path("{hub: .+}")
    public Response describe(@PathParam("hub") String hub) {
        if (metadata.resource() == null || !hub.endsWith(".well-known/mercure")) {
            throw new ProblemException(
                    404,
                    "There is no metadata at this path. To publish the metadata of the hub, set " + PUBLIC_URL + ".");
        }
        JsonObjectBuilder document = Json.createObjectBuilder().add("resource", metadata.resource());
        if (!metadata.authorizationServers().isEmpty()) {
            document.add("authorization_servers", Json.createArrayBuilder(metadata.authorizationServers()));
        }
        document.add(
                        "authorization_details_types_supported",
                        Json.createArrayBuilder().add(MercureProtocol1.DETAIL))
                .add("bearer_methods_supported", Json.createArrayBuilder().add("header"))
                .add("mercure_cookie", protocol.cookieName());
        if (metadata.subscriptions()) {
            document.add("mercure_subscriptions", true);
        }
        return Response.ok(document.build().toString(), MediaType.APPLICATION_JSON)
                .build();
    }
}
