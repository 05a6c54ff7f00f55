package dev.courant.mercure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.courant.http.ResponseHeader;
import dev.courant.urlpattern.WebUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubAddressTest {

    @ParameterizedTest
    @CsvSource({
        "https://example.com, https://example.com/.well-known/mercure",
        "https://example.com/, https://example.com/.well-known/mercure",
        "HTTPS://EXAMPLE.com:443/a/b/, https://example.com/a/b/.well-known/mercure",
        "http://localhost:8080, http://localhost:8080/.well-known/mercure"
    })
    void isBelowTheApplication(String publicUrl, String hub) {
        HubAddress address = HubAddress.of(WebUrl.parse(publicUrl, null), "/ignored");
        assertEquals(hub, address.absoluteUrl());
        assertEquals(new ResponseHeader("Link", "<" + hub + ">; rel=\"mercure\""), address.linkHeader(""));
    }

    @Test
    void isRelativeWithoutPublicUrl() {
        HubAddress address = HubAddress.of(null, "/courant");
        assertNull(address.absoluteUrl());
        assertNull(address.metadataUrl());
        assertEquals(
                "</courant/.well-known/mercure>; rel=\"mercure\"; a=b",
                address.linkHeader("; a=b").value());
    }

    @Test
    void locatesItsMetadata() {
        assertEquals(
                "https://example.com/.well-known/oauth-protected-resource/ctx/.well-known/mercure",
                HubAddress.of(WebUrl.parse("https://example.com/ctx", null), "").metadataUrl());
    }
}
