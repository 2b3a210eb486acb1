package org.custodes.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import org.custodes.access.Template;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every request meets, whoever sends it.
@ExtendWith(House.Door.class)
class DoorTest {
    private final House house;

    DoorTest(House house) {
        this.house = house;
    }

    @Test
    void speaks_tls_1_3_and_nothing_older() throws Exception {
        house.client().handshake("TLSv1.3");

        assertThatThrownBy(() -> house.client().handshake("TLSv1.2"))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void takes_a_new_certificate_while_it_runs() throws Exception {
        var before = house.client().certificate();

        house.clock.putForward(Duration.ofDays(5));
        try {
            house.server.renewIfDue();
        } finally {
            house.clock.putForward(Duration.ofDays(-5));
        }

        assertThat(house.client().certificate()).isNotEqualTo(before);
        house.client().certificate().verify(house.authority.certificate().getPublicKey());
    }

    @Test
    void tells_every_browser_to_be_careful() {
        for (var path : List.of("/", "/api/v1/server", "/api/v1/nothing", "/assets/app-4f3a.js")) {
            var answer = house.client().get(path);

            assertThat(answer.header("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'");
            assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
            assertThat(answer.header("Cross-Origin-Opener-Policy")).contains("same-origin");
            assertThat(answer.header("Cross-Origin-Resource-Policy")).contains("same-origin");
            assertThat(answer.header("Server")).isEmpty();
            assertThat(answer.header("X-Powered-By")).isEmpty();
        }
    }

    @Test
    void lets_no_cache_keep_an_answer() {
        assertThat(house.client().get("/api/v1/server").header("Cache-Control"))
                .contains("no-store");
        assertThat(house.client().get("/api/v1/me").header("Cache-Control")).contains("no-store");
    }

    @Test
    void does_not_lock_people_out_of_their_own_localhost() {
        assertThat(house.client().get("/").header("Strict-Transport-Security")).isEmpty();
    }

    @Test
    void tells_browsers_to_come_by_tls_alone_for_a_year(@TempDir Path folder) {
        var authority = house.authorityOf("cctv.example", folder);
        try (var door = house.doorOf(authority)) {
            var request =
                    "GET /api/v1/server HTTP/1.1\r\nHost: cctv.example:%d\r\nConnection: close\r\n\r\n"
                            .formatted(door.port());

            assertThat(new Client(door.address(), authority).raw(request))
                    .startsWith("HTTP/1.1 200")
                    .contains("Strict-Transport-Security: max-age=31536000");
        }
    }

    @Test
    void lets_no_other_origin_read_an_answer() {
        for (var method : List.of("GET", "OPTIONS")) {
            var answer =
                    house.client()
                            .send(
                                    house.client()
                                            .bare(method, "/api/v1/server")
                                            .header("Origin", "https://evil.example")
                                            .header("Access-Control-Request-Method", "GET"));

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.whole().headers().map().keySet())
                    .noneMatch(name -> name.startsWith("access-control"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "evil.example", "localhost.evil.example", "xlocalhost"})
    void answers_to_its_one_name_only(String host) {
        var page =
                house.client()
                        .raw(
                                "GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                                        .formatted(host));
        var api =
                house.client()
                        .raw(
                                "GET /api/v1/server HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                                        .formatted(host));

        assertThat(page).startsWith("HTTP/1.1 421").contains(house.server.address().toString());
        assertThat(api).startsWith("HTTP/1.1 421").contains("problem.wrong-name");
    }

    @Test
    void hands_its_authority_out() {
        assertThat(house.client().get("/ca.pem").text()).isEqualTo(house.authority.pem());
    }

    @Test
    void answers_to_an_unknown_address_with_a_problem() {
        var answer = house.client().get("/api/v1/nothing");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        assertThat(answer.key()).isEqualTo("problem.not-found");
    }

    @Test
    void says_which_methods_an_address_takes() {
        var answer = house.client().delete("/api/v1/server");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("GET");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /../secret.txt HTTP/1.1",
                "GET /assets/../../secret.txt HTTP/1.1",
                "GET /assets/..%2f..%2fsecret.txt HTTP/1.1",
                "GET /assets/%2e%2e/%2e%2e/secret.txt HTTP/1.1",
                "GET /assets/....//....//secret.txt HTTP/1.1",
                "GET /assets/..\\..\\secret.txt HTTP/1.1",
                "GET /assets/..;/..;/secret.txt HTTP/1.1",
                "GET //secret.txt HTTP/1.1",
                "GET /org/custodes/server/HttpServer.class HTTP/1.1",
                "GET /%00 HTTP/1.1",
                "GET / HTTP/9.9",
                "TRACE / HTTP/1.1",
                "BREW /coffee HTTP/1.1",
                "GET"
            })
    void gives_no_file_but_the_consoles_and_tells_nothing_of_itself(String request) {
        var answer =
                house.client().raw(request + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .doesNotContain("not for strangers", "Tomcat", "apache", "springframework", "\tat ")
                .doesNotStartWith("HTTP/1.1 200");
    }

    @Test
    void refuses_headers_without_end() {
        var many = "X-A: %s\r\n".formatted("a".repeat(4_000)).repeat(4);

        assertThat(house.client().raw("GET / HTTP/1.1\r\nHost: localhost\r\n" + many + "\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void serves_the_console_at_every_address_of_it() {
        for (var path :
                List.of("/", "/sign-in", "/enrol", "/watch", "/pair/BCDF-GHJK", "/cameras/x")) {
            var answer = house.client().get(path);

            assertThat(answer.text()).contains("a console");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Cache-Control")).contains("no-store");
        }
        assertThat(house.client().get("/elsewhere").status()).isEqualTo(404);
    }

    @Test
    void lets_browsers_keep_what_carries_a_hash_in_its_name() {
        var answer = house.client().get("/assets/app-4f3a.js");

        assertThat(answer.header("Cache-Control").orElseThrow()).contains("immutable");
        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/javascript");
        assertThat(house.client().get("/assets/app-none.js").status()).isEqualTo(404);
    }

    @Test
    void packs_files_for_browsers_that_unpack() throws Exception {
        var request =
                house.client().bare("GET", "/assets/app-4f3a.js").header("Accept-Encoding", "gzip");

        var answer = house.client().send(request);

        assertThat(answer.header("Content-Encoding")).contains("gzip");
        try (var in =
                new java.util.zip.GZIPInputStream(
                        new java.io.ByteArrayInputStream(answer.whole().body()))) {
            assertThat(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("console.log");
        }
    }

    @Test
    void refuses_a_change_that_a_page_of_another_origin_sends() {
        var officer = house.as(Template.SECURITY_OFFICER);
        for (var origin :
                List.of(
                        "https://evil.example",
                        "null",
                        "https://localhost:1",
                        "http://localhost")) {
            var answer =
                    officer.send(
                            officer.bare("POST", "/api/v1/people")
                                    .header("Origin", origin)
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString("{}")));

            assertThat(answer.status()).as(origin).isEqualTo(403);
            assertThat(answer.key()).isEqualTo("problem.wrong-origin");
        }
    }

    @Test
    void refuses_a_change_with_a_cookie_and_no_origin() {
        var officer = house.as(Template.SECURITY_OFFICER);

        assertThat(officer.send(officer.bare("POST", "/api/v1/sign-out")).key())
                .isEqualTo("problem.wrong-origin");
        assertThat(officer.get("/api/v1/me").status()).isEqualTo(200);
    }

    @Test
    void refuses_what_the_browser_says_comes_from_another_site() {
        var officer = house.as(Template.SECURITY_OFFICER);
        for (var site : List.of("cross-site", "same-site")) {
            assertThat(
                            officer.send(
                                            officer.bare("GET", "/api/v1/people")
                                                    .header("Sec-Fetch-Site", site))
                                    .key())
                    .isEqualTo("problem.wrong-origin");
        }
        assertThat(
                        officer.send(
                                        officer.bare("GET", "/api/v1/people")
                                                .header("Sec-Fetch-Site", "same-origin"))
                                .status())
                .isEqualTo(200);
    }

    @Test
    void takes_a_browsers_token_in_the_cookie_only() {
        var token = house.as(Template.OPERATOR).token();

        assertThat(house.client().withCookie(token).get("/api/v1/me").status()).isEqualTo(200);
        assertThat(house.client().withBearer(token).get("/api/v1/me").status()).isEqualTo(401);
        assertThat(house.client().get("/api/v1/me?token=" + token).status()).isEqualTo(401);
    }
}
