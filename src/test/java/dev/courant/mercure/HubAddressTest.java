package dev.courant.mercure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.courant.http.ResponseHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubAddressTest {

    @ParameterizedTest
    @CsvSource({
        "https://example.com, https://example.com/.well-known/mercure",
        "https://example.com/, https://example.com/.well-known/mercure",
        "HTTPS://EXAMPLE.com:443/a/b/, https://example.com/a/b/.well-known/mercure",
        "http://localhost:8080, http://localhost:8080/.well-known/mercure"
    })
    void isBelowTheApplication(String publicUrl, String hub) {
        HubAddress address = HubAddress.of(publicUrl, "/ignored");
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
                HubAddress.of("https://example.com/ctx", "").metadataUrl());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "/courant",
                "ftp://example.com",
                "javascript:alert(1)",
                "https://",
                "https://example.com?a=b",
                "https://example.com/#x",
                "https://user@example.com"
            })
    void rejectsUrlsThatAreNotHttpPages(String publicUrl) {
        assertThrows(IllegalArgumentException.class, () -> HubAddress.of(publicUrl, ""));
    }
}
