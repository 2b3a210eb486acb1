package org.custodes.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// The server's own certificate authority: made at first start, good for one host name and nothing
/// else (RFC 5280 section 4.2.1.10), so that a browser which trusts it trusts it for this server only.
///
/// The root lives 10 years; its key is on disk sealed and nowhere else. A leaf lives 7 days, its key
/// lives in memory alone, and a new one is made at every start and long before the old one ends.
/// There is no authority between the two: the root issues once a start and cannot be kept offline
/// anyway, and a chain of two is what people import and compare.
public final class TlsAuthority {
    static final Duration ROOT_LIFE = Duration.ofDays(3653);
    static final Duration LEAF_LIFE = Duration.ofDays(7);

    /// A leaf is replaced when this much of its life is left.
    static final Duration RENEW_BEFORE_END = Duration.ofDays(3);

    /// Clients' clocks run behind; nothing we issue is younger than this.
    private static final Duration BACKDATED = Duration.ofHours(1);

    private static final byte FILE_VERSION = 1;
    private static final String SIGNATURE = "SHA256withECDSA";

    private final HostName name;
    private final KeyPair rootKey;
    private final X509Certificate root;
    private final InstantSource clock;
    private final SecureRandom random;

    private TlsAuthority(
            HostName name,
            KeyPair rootKey,
            X509Certificate root,
            InstantSource clock,
            SecureRandom random) {
        this.name = name;
        this.rootKey = rootKey;
        this.root = root;
        this.clock = clock;
        this.random = random;
    }

    /// Opens the authority for `name` that is kept in `folder`, or makes it. Each name has its own:
    /// the one for another name stays where it is. `ca-NAME.pem` beside it is its certificate in
    /// clear, for people to import.
    ///
    /// @throws TlsAuthorityException if the kept file cannot be opened, or `folder` not be written
    public static TlsAuthority open(
            Path folder, String name, Sealing sealing, InstantSource clock, SecureRandom random) {
        var host = new HostName(name);
        var file = folder.resolve("authority-" + host + ".sealed");
        try {
            if (Files.exists(file)) {
                return read(file, host, sealing, clock, random);
            }
            var made = make(host, clock, random);
            Files.createDirectories(folder);
            writeWhole(file, sealing.seal().apply(made.encoded()));
            writeWhole(
                    folder.resolve("ca-" + host + ".pem"),
                    made.pem().getBytes(StandardCharsets.US_ASCII));
            return made;
        } catch (IOException | GeneralSecurityException | OperatorCreationException failure) {
            throw new TlsAuthorityException(file, failure);
        }
    }

    /// The authority's certificate in PEM, as `/ca.pem` hands it out.
    public String pem() {
        try {
            return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                    .formatted(
                            Base64.getMimeEncoder(64, new byte[] {'\n'})
                                    .encodeToString(root.getEncoded()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The SHA-256 of the authority's certificate, in hex: what two people compare by telephone.
    public String fingerprint() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.ofDelimiter(":")
                    .withUpperCase()
                    .formatHex(digest.digest(root.getEncoded()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    X509Certificate certificate() {
        return root;
    }

    HostName name() {
        return name;
    }

    /// A new key and certificate for the server, in a key store that needs no password.
    Leaf issue() {
        try {
            var key = newKey(random);
            var now = clock.instant();
            var builder =
                    builder(
                            root.getSubjectX500Principal().getName(),
                            name.text(),
                            key,
                            now,
                            LEAF_LIFE,
                            random);
            var extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.extendedKeyUsage,
                            false,
                            new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(new GeneralName(GeneralName.dNSName, name.text())))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            extensions.createAuthorityKeyIdentifier(root));
            var certificate = signed(builder, rootKey.getPrivate());
            // It never leaves memory, so its password protects nothing: PKCS #12 would derive a key
            // from
            // it with 10,000 rounds at every touch, a fifth of a second of each start.
            var store = KeyStore.getInstance("JKS");
            store.load(null, null);
            store.setKeyEntry(
                    "server", key.getPrivate(), new char[0], new Certificate[] {certificate, root});
            return new Leaf(store, now.plus(LEAF_LIFE).minus(RENEW_BEFORE_END));
        } catch (IOException | GeneralSecurityException | OperatorCreationException failure) {
            throw new IllegalStateException(
                    "No certificate could be made for %s".formatted(name), failure);
        }
    }

    /// What TLS is served with until `renewAt`.
    record Leaf(KeyStore keyStore, Instant renewAt) {}

    private static TlsAuthority make(HostName name, InstantSource clock, SecureRandom random)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        var key = newKey(random);
        var mark = new byte[4];
        random.nextBytes(mark);
        // Told apart in a browser's list of authorities, where several installations may stand.
        var subject = "CN=Custodes authority " + HexFormat.of().formatHex(mark);
        var builder =
                builder(subject, subject.substring(3), key, clock.instant(), ROOT_LIFE, random);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                .addExtension(
                        Extension.keyUsage,
                        true,
                        new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                .addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key.getPublic()))
                .addExtension(Extension.nameConstraints, true, onlyFor(name));
        return new TlsAuthority(name, key, signed(builder, key.getPrivate()), clock, random);
    }

    /// This one name; and no address at all, for a constraint on names says nothing of addresses.
    private static NameConstraints onlyFor(HostName name) {
        var permitted = new GeneralSubtree(new GeneralName(GeneralName.dNSName, name.text()));
        return new NameConstraints(
                new GeneralSubtree[] {permitted},
                new GeneralSubtree[] {everyAddressOf(4), everyAddressOf(16)});
    }

    /// Address and mask, all zero.
    private static GeneralSubtree everyAddressOf(int bytes) {
        var addressAndMask = new DEROctetString(new byte[2 * bytes]);
        return new GeneralSubtree(new GeneralName(GeneralName.iPAddress, addressAndMask));
    }

    private static X509v3CertificateBuilder builder(
            String issuer,
            String commonName,
            KeyPair key,
            Instant now,
            Duration life,
            SecureRandom random) {
        var serial = new BigInteger(127, random).setBit(126);
        return new JcaX509v3CertificateBuilder(
                new X500Name(issuer),
                serial,
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(life)),
                new X500Name("CN=" + commonName),
                key.getPublic());
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException, GeneralSecurityException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(key)));
    }

    private static KeyPair newKey(SecureRandom random) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    /// `u8 version | u16 length of key | key (PKCS #8) | certificate (DER)`, sealed as a whole.
    private byte[] encoded() throws GeneralSecurityException {
        var key = rootKey.getPrivate().getEncoded();
        var certificate = root.getEncoded();
        return ByteBuffer.allocate(3 + key.length + certificate.length)
                .put(FILE_VERSION)
                .putShort((short) key.length)
                .put(key)
                .put(certificate)
                .array();
    }

    private static TlsAuthority read(
            Path file, HostName name, Sealing sealing, InstantSource clock, SecureRandom random)
            throws IOException, GeneralSecurityException {
        var opened = ByteBuffer.wrap(sealing.open().apply(Files.readAllBytes(file)));
        if (opened.remaining() < 3 || opened.get() != FILE_VERSION) {
            throw new IOException("it was written by another version of Custodes");
        }
        var key = new byte[Math.min(opened.getShort() & 0xffff, opened.remaining())];
        opened.get(key);
        var der = new byte[opened.remaining()];
        opened.get(der);
        var certificate =
                (X509Certificate)
                        CertificateFactory.getInstance("X.509")
                                .generateCertificate(new ByteArrayInputStream(der));
        var privateKey = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key));
        return new TlsAuthority(
                name,
                new KeyPair(certificate.getPublicKey(), privateKey),
                certificate,
                clock,
                random);
    }

    /// Written aside, forced, renamed: the file appears whole or not at all.
    private static void writeWhole(Path file, byte[] bytes) throws IOException {
        var aside = file.resolveSibling(file.getFileName() + ".new");
        try (var channel =
                FileChannel.open(
                        aside,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            var left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// The authority's file is there and cannot be used, or cannot be made.
    public static final class TlsAuthorityException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TlsAuthorityException(Path file, Exception cause) {
            super(
                    ("The server's certificate authority in %s could not be opened or made: %s."
                                    + " If the key store was replaced, move that file away; a new"
                                    + " authority is made and must be trusted anew.")
                            .formatted(file, cause.getMessage()),
                    cause);
        }
    }
}
