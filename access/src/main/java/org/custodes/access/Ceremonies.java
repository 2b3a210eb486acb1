package org.custodes.access;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.util.exception.WebAuthnException;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.custodes.media.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What authenticators answer, read and checked by WebAuthn level 3 (sections 7.1 and 7.2): challenge,
/// origin, relying party, user present and verified, signature, counter. Who made an authenticator is
/// not asked. Any thread.
final class Ceremonies {
    private static final Logger LOG = LoggerFactory.getLogger(Ceremonies.class);

    /// Longest first refused, before anything is read.
    private static final int LONGEST_CREDENTIAL = 1_023;

    private static final int LONGEST_KEY = 2_048;
    private static final int LONGEST = 16_384;

    private static final List<PublicKeyCredentialParameters> ALGORITHMS =
            NewPasskey.ALGORITHMS.stream()
                    .map(COSEAlgorithmIdentifier::create)
                    .map(which ->
                            new PublicKeyCredentialParameters(
                                    PublicKeyCredentialType.PUBLIC_KEY, which))
                    .toList();

    private final ObjectConverter converter = new ObjectConverter();
    private final WebAuthnManager checks =
            WebAuthnManager.createNonStrictWebAuthnManager(converter);

    /// A passkey that was just made.
    ///
    /// @param publicKey a COSE key
    record Made(
            Bytes credential,
            Bytes publicKey,
            long signatures,
            boolean backupEligible,
            boolean backedUp) {}

    /// An assertion that could be read; nothing of it holds yet.
    ///
    /// @param user whose it is, as the authenticator keeps it
    record Signed(
            RelyingParty at,
            AuthenticationData data,
            Bytes challenge,
            Bytes credential,
            Optional<Bytes> user) {}

    /// Does an assertion hold?
    sealed interface Verdict {

        /// It is of this passkey.
        ///
        /// @param signatures how often the passkey has signed, as it counts
        record Holds(long signatures, boolean backedUp) implements Verdict {}

        record Fails() implements Verdict {}

        /// It would hold, but the passkey has signed less often than it had before: there are two of it.
        record WentBack() implements Verdict {}
    }

    /// What authenticators keep of a person: 16 bytes that tell nothing.
    static Bytes user(PersonId person) {
        var id = person.value();
        return Bytes.of(
                ByteBuffer.allocate(16)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array());
    }

    static String text(Bytes bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /// The passkey, if all of it is as it must be.
    ///
    /// @param taken whether this challenge was given, and not used before
    Optional<Made> made(NewPasskey wanted, Predicate<Bytes> taken) {
        var clientData = bytes(wanted.clientData());
        var attestation = bytes(wanted.attestation());
        if (clientData.isEmpty() || attestation.isEmpty()) {
            return Optional.empty();
        }
        var request = new RegistrationRequest(attestation.get(), clientData.get());
        return tried(
                        () -> {
                            var data = checks.parse(request);
                            return new Read(data, challenge(data.getCollectedClientData()));
                        })
                .filter(read -> taken.test(read.challenge()))
                .flatMap(read -> tried(() -> made(wanted.at(), read.data())));
    }

    private record Read(RegistrationData data, Bytes challenge) {}

    private Made made(RelyingParty at, RegistrationData data) {
        checks.verify(
                data,
                new RegistrationParameters(
                        server(at, data.getCollectedClientData()), ALGORITHMS, true, true));
        var authenticator = data.getAttestationObject().getAuthenticatorData();
        var credential = authenticator.getAttestedCredentialData();
        var key = converter.getCborMapper().writeValueAsBytes(credential.getCOSEKey());
        if (credential.getCredentialId().length > LONGEST_CREDENTIAL || key.length > LONGEST_KEY) {
            throw new WebAuthnException("The credential is longer than any that is known");
        }
        return new Made(
                Bytes.of(credential.getCredentialId()),
                Bytes.of(key),
                authenticator.getSignCount(),
                authenticator.isFlagBE(),
                authenticator.isFlagBS());
    }

    Optional<Signed> read(Assertion sent) {
        var credential = bytes(sent.credential());
        var clientData = bytes(sent.clientData());
        var authenticatorData = bytes(sent.authenticatorData());
        var signature = bytes(sent.signature());
        var user = sent.user().flatMap(Ceremonies::bytes);
        if (credential.isEmpty()
                || credential.get().length > LONGEST_CREDENTIAL
                || clientData.isEmpty()
                || authenticatorData.isEmpty()
                || signature.isEmpty()
                || user.isPresent() != sent.user().isPresent()) {
            return Optional.empty();
        }
        var request =
                new AuthenticationRequest(
                        credential.get(),
                        authenticatorData.get(),
                        clientData.get(),
                        signature.get());
        return tried(() -> {
            var data = checks.parse(request);
            return new Signed(
                    sent.at(),
                    data,
                    challenge(data.getCollectedClientData()),
                    Bytes.of(credential.get()),
                    user.map(Bytes::of));
        });
    }

    /// @param known the passkey that it names
    Verdict verdict(Signed signed, PasskeyTable.Row known) {
        try {
            var data = signed.data();
            checks.verify(
                    data,
                    new AuthenticationParameters(
                            server(signed.at(), data.getCollectedClientData()),
                            record(known),
                            List.of(known.credential().array()),
                            true,
                            true));
            var authenticator = data.getAuthenticatorData();
            return new Verdict.Holds(authenticator.getSignCount(), authenticator.isFlagBS());
        } catch (MaliciousCounterValueException back) {
            return new Verdict.WentBack();
        } catch (WebAuthnException refused) {
            return new Verdict.Fails();
        } catch (RuntimeException unforeseen) {
            return unforeseen(unforeseen, new Verdict.Fails());
        }
    }

    private CredentialRecordImpl record(PasskeyTable.Row known) {
        var key = converter.getCborMapper().readValue(known.publicKey().array(), COSEKey.class);
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                true,
                known.backupEligible(),
                known.passkey().backedUp(),
                known.signatures(),
                new AttestedCredentialData(AAGUID.ZERO, known.credential().array(), key),
                null,
                null,
                null,
                null);
    }

    /// The challenge is the one that was signed: whether it was given is settled before.
    private static ServerProperty server(RelyingParty at, CollectedClientData client) {
        return ServerProperty.builder()
                .origin(new Origin(at.origin()))
                .rpId(at.id())
                .challenge(new DefaultChallenge(client.getChallenge().getValue()))
                .build();
    }

    private static Bytes challenge(CollectedClientData client) {
        return Bytes.of(client.getChallenge().getValue().clone());
    }

    private static Optional<byte[]> bytes(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static <T> Optional<T> tried(Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (WebAuthnException refused) {
            return Optional.empty();
        } catch (RuntimeException unforeseen) {
            return unforeseen(unforeseen, Optional.empty());
        }
    }

    /// A stranger's bytes reach a parser that is not ours: whatever it throws, they prove nothing. What it
    /// says may repeat them, so its kind alone is told.
    private static <T> T unforeseen(RuntimeException fault, T answer) {
        LOG.debug("An authenticator's answer could not be read: {}", fault.getClass().getName());
        return answer;
    }
}
