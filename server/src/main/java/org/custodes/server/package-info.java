/// The one door of the house: HTTPS, the JSON API, the media WebSocket and the console's files.
///
/// Enter by [HttpServer#start]: it is handed every other room, ready made, as [Rooms]. What the door
/// answers to is one list, [Routes]; from it come the handlers, who may use them, and the OpenAPI
/// document. Pictures leave through `MediaConnection` alone, and only as `viewing` hands them out.
/// Nothing here decides what a person may do: that is `access`. `docs/api.md` is the contract,
/// `docs/design/server.md` says why the door is built like this.
@org.jspecify.annotations.NullMarked
package org.custodes.server;
