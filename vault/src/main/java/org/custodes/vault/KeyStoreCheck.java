package org.custodes.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import org.custodes.vault.Copy.Found;

/// Proves of every copy that both places of its root file hold the current epoch, that they open to
/// the index in use, that every page opens and has well-formed rows, and that nothing else lies there.
final class KeyStoreCheck {
    private final List<Copy> copies;
    private final RootKey root;
    private final UUID installation;
    private final KeyStore.Epoch now;
    private final List<String> faults = new ArrayList<>();
    private int trees;
    private int names;

    KeyStoreCheck(List<Copy> copies, RootKey root, UUID installation, KeyStore.Epoch now) {
        this.copies = copies;
        this.root = root;
        this.installation = installation;
        this.now = now;
    }

    VaultCheck run() {
        for (var copy : copies) {
            trees = 0;
            names = 0;
            try {
                check(copy);
            } catch (IOException e) {
                fault(copy, "cannot be read: %s".formatted(e));
            }
        }
        return new VaultCheck(
                now.number(), copies.size(), now.partitions().size(), trees, names, faults);
    }

    private void check(Copy copy) throws IOException {
        switch (copy.look()) {
            case Found.Whole(var block, var twice) -> {
                if (!twice) {
                    fault(copy, "only one place of its root file is whole and new");
                }
                checkIndex(copy, block);
            }
            case Found.Blank() -> fault(copy, "it is empty");
            case Found.Damaged(var why) -> fault(copy, why);
            case Found.Unreachable(var why) -> fault(copy, why);
        }
        for (var entry : now.partitions().entrySet()) {
            checkPage(copy, entry.getKey(), entry.getValue());
        }
        var strays = copy.strays(now.pages());
        if (strays > 0) {
            fault(copy, "%d pages belong to no partition".formatted(strays));
        }
    }

    private void checkIndex(Copy copy, RootBlock block) throws IOException {
        var facts = block.facts();
        if (facts.epoch() != now.number()) {
            fault(copy, "it holds epoch %d, not %d".formatted(facts.epoch(), now.number()));
            return;
        }
        try {
            var key = root.unwrap(block.wrapped(), facts.context());
            var rows =
                    Page.open(
                            key,
                            Page.INDEX_KIND,
                            Page.INDEX_POSITION,
                            facts.epoch(),
                            installation,
                            copy.page(facts.indexPage()));
            if (!Arrays.equals(rows, Index.encode(now.partitions(), now.days()))) {
                fault(copy, "its index is not the one in use");
            }
            Arrays.fill(key, (byte) 0);
            Arrays.fill(rows, (byte) 0);
        } catch (AEADBadTagException e) {
            fault(copy, "its index does not open");
        }
    }

    private void checkPage(Copy copy, PartitionId id, PageRef ref) throws IOException {
        try {
            var rows =
                    Page.open(
                            ref.key(),
                            id.kind(),
                            id.position(),
                            ref.epoch,
                            installation,
                            copy.page(ref.page));
            count(id, rows);
            Arrays.fill(rows, (byte) 0);
        } catch (AEADBadTagException | KeyStoreUnavailableException | BadProofException e) {
            fault(copy, "page %s does not open".formatted(ref.page));
        }
    }

    private void count(PartitionId id, byte[] rows) {
        switch (id) {
            case PartitionId.Trees _ -> {
                var found = TreeRow.decode(rows);
                trees += (int) found.stream().filter(row -> row.kind() == TreeRow.TREE).count();
                found.forEach(row -> row.nodes().wipe());
            }
            case PartitionId.Names _ -> {
                var found = NameRow.decode(rows);
                names += found.size();
                NameRow.wipe(found);
            }
            case PartitionId.Destructions _ ->
                    DestructionRow.decode(rows).values().forEach(DestructionProof::read);
        }
    }

    private void fault(Copy copy, String what) {
        faults.add("The key store's copy at %s: %s".formatted(copy.place(), what));
    }
}
