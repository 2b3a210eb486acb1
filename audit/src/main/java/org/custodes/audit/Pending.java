package org.custodes.audit;

import java.time.Instant;
import java.time.YearMonth;
import java.util.concurrent.CompletableFuture;

/// An event on its way to the disk, and the receipt that somebody waits for.
record Pending(Event event, Instant time, Pens.Pen pen, CompletableFuture<Receipt> receipt) {

    YearMonth month() {
        return pen.alias().month();
    }

    void fail(Throwable cause) {
        receipt.completeExceptionally(cause);
    }
}
