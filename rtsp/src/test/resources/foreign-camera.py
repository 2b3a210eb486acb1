"""A camera that is not ours: GStreamer's RTSP server, showing two clips and images without end, with digest.

Usage: foreign-camera.py USER PASSWORD FPS H264_FILE H265_FILE

The files are byte streams whose access units begin with delimiters. Prints the port it listens on,
the one for TLS, and the SHA-256 of its certificate; ends when its standard input does. Both clips go on for ever with times that only grow, and all who
watch a path share one stream.
"""
import datetime
import os
import re
import sys
import threading

import gi
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

gi.require_version("Gio", "2.0")
gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gio, GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

USER, PASSWORD, FPS, H264_FILE, H265_FILE = sys.argv[1:]
FRAME = Gst.SECOND // int(FPS)
LAUNCH = (
    "( appsrc name=src format=time is-live=true block=true"
    " caps=video/x-{codec},stream-format=byte-stream,alignment=au,framerate={fps}/1"
    " ! {codec}parse config-interval=-1 ! rtp{codec}pay name=pay0 pt=96 mtu=1400 )"
)
IMAGES = (
    "( videotestsrc is-live=true pattern=ball"
    " ! video/x-raw,format=I420,width={width},height={height},framerate={fps}/1"
    " ! jpegenc quality=70 ! rtpjpegpay name=pay0 pt=26 mtu=1400 )"
)


def access_units(path, delimiter):
    with open(path, "rb") as file:
        stream = file.read()
    starts = [match.start() for match in re.finditer(delimiter, stream, re.DOTALL)]
    return [stream[a:b] for a, b in zip(starts, starts[1:] + [len(stream)])]


class Shared(GstRtspServer.RTSPMediaFactory):
    def __init__(self, launch):
        super().__init__()
        self.set_launch(launch)
        self.set_shared(True)
        self.add_role_from_structure(
            Gst.Structure.from_string(
                "user,media.factory.access=(boolean)true,media.factory.construct=(boolean)true"
            )[0]
        )


class Clip(Shared):
    def __init__(self, codec, units):
        super().__init__(LAUNCH.format(codec=codec, fps=FPS))
        self.units = units
        self.connect("media-configure", self.configure)

    def configure(self, factory, media):
        source = media.get_element().get_by_name_recurse_up("src")
        count = 0

        def need_data(element, length):
            nonlocal count
            buffer = Gst.Buffer.new_wrapped(self.units[count % len(self.units)])
            buffer.pts = buffer.dts = count * FRAME
            buffer.duration = FRAME
            count += 1
            element.emit("push-buffer", buffer)

        source.connect("need-data", need_data)


def authentication():
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "user")
    auth.add_digest(USER, PASSWORD, token)
    return auth


def certificate():
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "foreign camera")])
    now = datetime.datetime.utcnow()
    return key, (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )


def pem(key, signed):
    pem_encoding = serialization.Encoding.PEM
    return (
        signed.public_bytes(pem_encoding)
        + key.private_bytes(
            pem_encoding,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    ).decode()


def listen(mounts, auth):
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service("0")
    server.set_auth(auth)
    server.set_mount_points(mounts)
    server.attach(None)
    return server


def end_with_input():
    sys.stdin.read()
    os._exit(0)


Gst.init(None)
mounts = GstRtspServer.RTSPMountPoints()
mounts.add_factory("/h264", Clip("h264", access_units(H264_FILE, b"\0\0\0\1\x09")))
mounts.add_factory("/h265", Clip("h265", access_units(H265_FILE, b"\0\0\0\1\x46\1")))
mounts.add_factory("/mjpeg", Shared(IMAGES.format(width=640, height=360, fps=FPS)))
mounts.add_factory("/large", Shared(IMAGES.format(width=2560, height=1440, fps=5)))
server = listen(mounts, authentication())
own_key, own_certificate = certificate()
over_tls = authentication()
over_tls.set_tls_certificate(Gio.TlsCertificate.new_from_pem(pem(own_key, own_certificate), -1))
secure_server = listen(mounts, over_tls)
threading.Thread(target=end_with_input, daemon=True).start()
print(
    server.get_bound_port(),
    secure_server.get_bound_port(),
    own_certificate.fingerprint(hashes.SHA256()).hex(),
    flush=True,
)
GLib.MainLoop().run()
