package org.custodes.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.custodes.fuzz.HostileInput;
import org.custodes.server.Json.MalformedJsonException;

/// Bodies of the JSON API. An input is a form's number and a body.
public final class JsonFuzz {
    private static final Json JSON = new Json(Body.LARGEST);
    private static final List<Form<?>> FORMS =
            List.of(
                    new Form<>(CameraRoutes.AddForm.class),
                    new Form<>(CameraRoutes.TestForm.class),
                    new Form<>(PeopleRoutes.NewPersonForm.class),
                    new Form<>(SignInRoutes.SignIn.class),
                    new Form<>(SignInRoutes.Acceptance.class),
                    new Form<>(TimelineRoutes.TimelineQuery.class),
                    new Form<>(AuditRoutes.AuditQuery.class));

    private JsonFuzz() {}

    static List<byte[]> seeds() {
        var bodies =
                List.of(
                        "{\"name\":\"Door\",\"address\":\"rtsp://192.0.2.1/a\",\"purpose\":\"p\",\"view\":\"indoor\"}",
                        "{\"address\":\"rtsp://192.0.2.1/a\",\"user\":\"u\",\"password\":\"p\"}",
                        "{\"name\":\"A\",\"role\":\"operator\",\"cameras\":\"all\",\"reason\":\"a test\"}",
                        "{\"name\":\"A\",\"password\":\"p\",\"code\":\"123456\"}",
                        "{\"token\":\"t\",\"password\":\"p\",\"code\":\"123456\",\"name\":\"A\"}",
                        "{\"from\":\"2026-03-01T12:00:00Z\",\"to\":\"2026-03-02T12:00:00Z\",\"cameras\":[]}",
                        "{\"limit\":100,\"before\":5,\"text\":\"\\u00e4\"}");
        var seeds = new ArrayList<byte[]>();
        for (var form = 0; form < bodies.size(); form++) {
            seeds.add(((char) form + bodies.get(form)).getBytes(StandardCharsets.UTF_8));
        }
        return seeds;
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        if (input.length == 0) {
            return;
        }
        HostileInput.withinBounds(() -> {
            try {
                var body = JSON.read(Arrays.copyOfRange(input, 1, input.length));
                var _ = FORMS.get((input[0] & 0xff) % FORMS.size()).read(body);
            } catch (MalformedJsonException refused) {
                // As it should be.
            }
        });
    }
}
