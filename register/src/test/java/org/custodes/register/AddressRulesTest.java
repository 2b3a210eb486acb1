package org.custodes.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.custodes.register.RegisterHouse.faults;
import static org.custodes.register.RegisterHouse.fits;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.custodes.register.AddressRules.Allowance;
import org.custodes.register.AddressRules.Target;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AddressRulesTest {
    private static final Map<String, List<String>> NAMES =
            Map.of(
                    "camera.example", List.of("2001:db8::7", "192.0.2.7"),
                    "xn--kmera-gra.example", List.of("192.0.2.8"),
                    "rebinding.example", List.of("192.0.2.9", "127.0.0.1"),
                    "metadata.example", List.of("169.254.169.254"),
                    "inside.example", List.of("::ffff:127.0.0.1"),
                    "localhost", List.of("127.0.0.1", "::1"));

    /// Each line: the address, then what it becomes.
    private static final String GOOD =
            """
            rtsp://192.0.2.10                            192.0.2.10 554 /
            rtsp://192.0.2.10/                           192.0.2.10 554 /
            RTSP://192.0.2.10/Stream1                    192.0.2.10 554 /Stream1
            RtSp://192.0.2.10:8554/a/b                   192.0.2.10 8554 /a/b
            rtsp://192.0.2.10:1/                         192.0.2.10 1 /
            rtsp://192.0.2.10:65535/                     192.0.2.10 65535 /
            rtsp://192.0.2.10?profile=1                  192.0.2.10 554 /?profile=1
            rtsp://192.0.2.10/a?b=c&d=e                  192.0.2.10 554 /a?b=c&d=e
            rtsp://192.0.2.10/a%20b                      192.0.2.10 554 /a%20b
            rtsp://192.0.2.10/a//b/                      192.0.2.10 554 /a//b/
            rtsp://192.0.2.10/axis-media/media.amp       192.0.2.10 554 /axis-media/media.amp
            rtsp://192.0.2.10/Streaming/Channels/101     192.0.2.10 554 /Streaming/Channels/101
            rtsp://192.0.2.10/a@b                        192.0.2.10 554 /a@b
            rtsp://10.0.0.1/                             10.0.0.1 554 /
            rtsp://172.16.5.4/                           172.16.5.4 554 /
            rtsp://192.168.1.1/                          192.168.1.1 554 /
            rtsp://100.64.0.1/                           100.64.0.1 554 /
            rtsp://8.8.8.8/                              8.8.8.8 554 /
            rtsp://223.255.255.254/                      223.255.255.254 554 /
            rtsp://[2001:db8::1]/                        2001:db8:0:0:0:0:0:1 554 /
            rtsp://[2001:DB8::1]:8554/x                  2001:db8:0:0:0:0:0:1 8554 /x
            rtsp://[fd12:3456::1]/                       fd12:3456:0:0:0:0:0:1 554 /
            rtsp://[::ffff:192.0.2.10]/                  192.0.2.10 554 /
            rtsp://[::ffff:c000:20a]/                    192.0.2.10 554 /
            rtsp://camera.example/                       camera.example 554 /
            rtsp://CAMERA.example./                      camera.example 554 /
            rtsp://kämera.example/                       xn--kmera-gra.example 554 /
            rtsp://user@192.0.2.10/                      192.0.2.10 554 /
            rtsp://user:word@192.0.2.10/                 192.0.2.10 554 /
            rtsp://user:w:or:d@192.0.2.10:554/           192.0.2.10 554 /
            rtsp://user:w@rd@192.0.2.10/                 192.0.2.10 554 /
            rtsp://user:%40%3A%2F@192.0.2.10/            192.0.2.10 554 /
            rtsp://@192.0.2.10/                          192.0.2.10 554 /
            rtsp://192.0.2.10/passage=1                  192.0.2.10 554 /passage=1
            rtsp://192.0.2.10/?password=                 192.0.2.10 554 /?password=
            rtsps://192.0.2.10/                          192.0.2.10 322 /
            RTSPS://user:word@camera.example/live        camera.example 322 /live
            rtsps://camera.example:8322/                 camera.example 8322 /
            """;

    /// Each line: the address, then the key of its fault.
    private static final String BAD =
            """
            http://192.0.2.10/                           address.scheme
            https://192.0.2.10/                          address.scheme
            rtspu://192.0.2.10/                          address.scheme
            file:///etc/passwd                           address.scheme
            javascript:alert(1)                          address.scheme
            gopher://192.0.2.10/                         address.scheme
            rtsp:/192.0.2.10/                            address.scheme
            rtsp:192.0.2.10                              address.scheme
            //192.0.2.10/                                address.scheme
            192.0.2.10/stream                            address.scheme
            camera.example                               address.scheme
            rtsp://                                      address.host
            rtsp:///stream                               address.host
            rtsp://:554/                                 address.host
            rtsp://user@/                                address.host
            rtsp://127.0.0.1/                            address.forbidden
            rtsp://127.0.0.1:8554/                       address.forbidden
            rtsp://127.1.2.3/                            address.forbidden
            rtsp://127.255.255.255/                      address.forbidden
            rtsp://localhost/                            address.forbidden
            rtsp://LOCALHOST./                           address.forbidden
            rtsp://[::1]/                                address.forbidden
            rtsp://[0:0:0:0:0:0:0:1]/                    address.forbidden
            rtsp://[::ffff:127.0.0.1]/                   address.forbidden
            rtsp://[::ffff:7f00:1]/                      address.forbidden
            rtsp://[::127.0.0.1]/                        address.forbidden
            rtsp://[::7f00:1]/                           address.forbidden
            rtsp://[64:ff9b::7f00:1]/                    address.forbidden
            rtsp://[64:ff9b::169.254.169.254]/           address.forbidden
            rtsp://[64:ff9b:1::7f00:1]/                  address.forbidden
            rtsp://[2002:7f00:1::]/                      address.forbidden
            rtsp://[2002:a9fe:a9fe::1]/                  address.forbidden
            rtsp://[2001:0:7f00:1::1]/                   address.forbidden
            rtsp://0.0.0.0/                              address.forbidden
            rtsp://0.1.2.3/                              address.forbidden
            rtsp://[::]/                                 address.forbidden
            rtsp://169.254.1.1/                          address.forbidden
            rtsp://169.254.169.254/                      address.forbidden
            rtsp://169.254.170.2/                        address.forbidden
            rtsp://[::ffff:169.254.169.254]/             address.forbidden
            rtsp://[::ffff:a9fe:a9fe]/                   address.forbidden
            rtsp://[fe80::1]/                            address.forbidden
            rtsp://[febf::1]/                            address.forbidden
            rtsp://[fd00:ec2::254]/                      address.forbidden
            rtsp://[fd20:ce::254]/                       address.forbidden
            rtsp://168.63.129.16/                        address.forbidden
            rtsp://100.100.100.200/                      address.forbidden
            rtsp://192.0.0.192/                          address.forbidden
            rtsp://224.0.0.1/                            address.forbidden
            rtsp://239.255.255.250/                      address.forbidden
            rtsp://[ff02::1]/                            address.forbidden
            rtsp://240.0.0.1/                            address.forbidden
            rtsp://255.255.255.255/                      address.forbidden
            rtsp://rebinding.example/                    address.forbidden
            rtsp://metadata.example/                     address.forbidden
            rtsp://inside.example/                       address.forbidden
            rtsp://１２７.0.0.1/                          address.forbidden
            rtsp://127。0。0。1/                          address.forbidden
            rtsp://ⓛocalhost/                            address.forbidden
            rtsp://user:x@127.0.0.1/                     address.forbidden
            rtsp://192.0.2.10@127.0.0.1/                 address.forbidden
            rtsp://camera.example:554@127.0.0.1/         address.forbidden
            rtsp://2130706433/                           address.host
            rtsp://017700000001/                         address.host
            rtsp://0x7f000001/                           address.host
            rtsp://0x7f.0.0.1/                           address.host
            rtsp://0x7f.1/                               address.host
            rtsp://0X7F.0.0.0x1/                         address.host
            rtsp://0177.0.0.1/                           address.host
            rtsp://0177.0.0.01/                          address.host
            rtsp://127.1/                                address.host
            rtsp://127.0.1/                              address.host
            rtsp://127/                                  address.host
            rtsp://127.0.0.1.2/                          address.host
            rtsp://192.0.2.010/                          address.host
            rtsp://192.0.2.256/                          address.host
            rtsp://192.0.2.-1/                           address.host
            rtsp://192.0.2/                              address.host
            rtsp://192.0.2.10../                         address.host
            rtsp://.192.0.2.10/                          address.host
            rtsp://1.1.1.1 &@2.2.2.2# @3.3.3.3/          address.path
            rtsp://192.0.2.10%2f@x/                      address.unknown-host
            rtsp://127.0.0.1%00.example/                 address.host
            rtsp://127.0.0.1%2eexample/                  address.host
            rtsp://[::1/                                 address.host
            rtsp://::1/                                  address.host
            rtsp://[fe80::1%25eth0]/                     address.host
            rtsp://[fe80::1%eth0]/                       address.host
            rtsp://[2001:db8::g]/                        address.host
            rtsp://[1.2.3.4]/                            address.host
            rtsp://[camera.example]/                     address.host
            rtsp://[2001:db8::1]x/                       address.host
            rtsp://-camera.example/                      address.host
            rtsp://camera-.example/                      address.host
            rtsp://cam era.example/                      address.host
            rtsp://camera_3.example/                     address.host
            rtsp://camera..example/                      address.host
            rtsp://camera.example:0/                     address.port
            rtsp://camera.example:65536/                 address.port
            rtsp://camera.example:99999/                 address.port
            rtsp://camera.example:+554/                  address.port
            rtsp://camera.example:0554/                  address.port
            rtsp://camera.example:554x/                  address.port
            rtsp://camera.example:/                      address.port
            rtsp://192.0.2.10:pass/word@camera.example/  address.port
            rtsp://nobody.example/                       address.unknown-host
            rtsp://192.0.2.10/a b                        address.path
            rtsp://192.0.2.10/a#b                        address.path
            rtsp://192.0.2.10#@127.0.0.1/                address.path
            rtsp://192.0.2.10\\@127.0.0.1/                address.path
            rtsp://192.0.2.10/%                          address.path
            rtsp://192.0.2.10/%zz                        address.path
            rtsp://192.0.2.10/ä                          address.path
            rtsp://192.0.2.10/<x>                        address.path
            rtsp://192.0.2.10/"x"                        address.path
            rtsp://192.0.2.10/?user=a&password=b         address.password-in-path
            rtsp://192.0.2.10/?user=a&PWD=b              address.password-in-path
            rtsp://192.0.2.10/user=a_password=b_ch=1.sdp address.password-in-path
            rtsp://192.0.2.10/a;pass=b                   address.password-in-path
            rtsp://us%zzer:x@192.0.2.10/                 address.user-info
            rtsp://user:%ff@192.0.2.10/                  address.user-info
            """;

    private static AddressRules rules(Allowance... allowed) {
        return new AddressRules(Set.of(allowed), AddressRulesTest::resolve);
    }

    private static List<InetAddress> resolve(String name) throws UnknownHostException {
        if (!NAMES.containsKey(name)) {
            throw new UnknownHostException(name);
        }
        return NAMES.get(name).stream().map(InetAddress::ofLiteral).toList();
    }

    private static Checked<Target> check(String address) {
        return rules().check(address, Optional.empty(), Optional.empty());
    }

    @TestFactory
    Stream<DynamicTest> addresses_of_cameras_are_taken() {
        return GOOD.lines()
                .map(line -> line.split(" {2,}", 2))
                .map(parts ->
                        DynamicTest.dynamicTest(
                                parts[0],
                                () -> {
                                    var address = fits(check(parts[0])).address();
                                    assertThat(
                                                    "%s %d %s"
                                                            .formatted(
                                                                    address.host(),
                                                                    address.port(),
                                                                    address.path()))
                                            .isEqualTo(parts[1]);
                                }));
    }

    @TestFactory
    Stream<DynamicTest> addresses_that_lead_elsewhere_or_can_be_read_twice_are_refused() {
        return BAD.lines()
                .map(line -> line.split(" (?=address\\.)", 2))
                .map(parts ->
                        DynamicTest.dynamicTest(
                                parts[0].strip(),
                                () ->
                                        assertThat(faults(check(parts[0].strip())))
                                                .extracting(Fault::key)
                                                .contains(parts[1])));
    }

    @Test
    void the_demo_may_reach_this_computer_and_still_no_metadata() {
        var demo = rules(Allowance.LOOPBACK, Allowance.LINK_LOCAL);

        var own = demo.check("rtsp://localhost:8554/1", Optional.empty(), Optional.empty());
        var link = demo.check("rtsp://169.254.9.9/", Optional.empty(), Optional.empty());
        var cloud = demo.check("rtsp://169.254.169.254/", Optional.empty(), Optional.empty());

        assertThat(fits(own).address().resolved()).isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
        assertThat(fits(link).address().port()).isEqualTo(554);
        assertThat(faults(cloud)).extracting(Fault::key).containsExactly("address.forbidden");
    }

    @Test
    void a_name_is_asked_once_and_ipv4_is_preferred() {
        var asked = new AtomicInteger();
        var rules =
                new AddressRules(
                        Set.of(),
                        name -> {
                            asked.incrementAndGet();
                            return resolve(name);
                        });

        var target =
                fits(rules.check("rtsp://camera.example/", Optional.empty(), Optional.empty()));

        assertThat(asked).hasValue(1);
        assertThat(target.address().resolved().getHostAddress()).isEqualTo("192.0.2.7");
    }

    @Test
    void user_and_password_are_split_off_and_percent_signs_undone() {
        var target = fits(check("rtsp://us%20er:p%40ss:w@rd@192.0.2.10/1"));

        try (var secret = target.secret().orElseThrow()) {
            assertThat(secret.user()).isEqualTo("us er");
            assertThat(new String(secret.password())).isEqualTo("p@ss:w@rd");
        }
        assertThat(target.address().uri()).isEqualTo("rtsp://192.0.2.10:554/1");
    }

    @Test
    void user_and_password_may_be_given_beside_the_address_but_not_two_of_them() {
        var beside =
                rules().check("rtsp://192.0.2.10/", Optional.of("user"), Optional.of(" word "));
        var both =
                rules().check("rtsp://user:a@192.0.2.10/", Optional.of("user"), Optional.of("b"));
        var passwordAlone = rules().check("rtsp://192.0.2.10/", Optional.empty(), Optional.of("b"));

        try (var secret = fits(beside).secret().orElseThrow()) {
            assertThat(new String(secret.password())).isEqualTo(" word ");
        }
        assertThat(faults(both)).extracting(Fault::key).containsExactly("address.two-users");
        assertThat(faults(passwordAlone)).extracting(Fault::field).containsExactly("user");
    }

    @Test
    void no_fault_repeats_a_password() {
        for (var address :
                List.of(
                        "rtsp://user:Xylophon@127.0.0.1/",
                        "rtsp://user:Xylo/phon@192.0.2.10/",
                        "rtsp://192.0.2.10/?password=Xylophon",
                        "http://user:Xylophon@192.0.2.10/",
                        "rtsp://user:Xylophon%zz@192.0.2.10/")) {
            assertThat(faults(check(address)).toString())
                    .doesNotContain("Xylo")
                    .doesNotContain("phon");
        }
    }

    @Property
    boolean whatever_is_sent_gets_an_answer(@ForAll String address, @ForAll String user) {
        return rules().check(address, Optional.of(user), Optional.of(address)) != null
                && rules().check("rtsp://" + address, Optional.empty(), Optional.empty()) != null;
    }

    @Property
    boolean every_ipv4_loopback_is_refused(@ForAll byte b, @ForAll byte c, @ForAll byte d) {
        var address = "rtsp://127.%d.%d.%d/".formatted(b & 255, c & 255, d & 255);
        return check(address) instanceof Checked.Faulty;
    }
}
