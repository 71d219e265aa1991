package io.github.sealwatcher.connect.offset;

import io.github.sealwatcher.watch.checkpoint.Portfolio;
import org.jspecify.annotations.Nullable;

/** Encodes the {@code known} of one host's offsets: once for as long as nothing of it changes. One thread. */
public final class PortfolioEncoder {

    private @Nullable Portfolio encoded;
    private int encodedWithin;
    private PortfolioCodec.@Nullable Text text;

    PortfolioCodec.Text encode(Portfolio portfolio, int maxCharacters) {
        PortfolioCodec.Text known = text;
        if (known == null || !isUnchanged(portfolio) || !fits(known, maxCharacters)) {
            known = PortfolioCodec.encode(portfolio, maxCharacters);
            encoded = portfolio;
            encodedWithin = maxCharacters;
            text = known;
        }
        return known;
    }

    private boolean fits(PortfolioCodec.Text known, int maxCharacters) {
        return maxCharacters == encodedWithin
                || (known.leftOut() == 0 && known.text().length() <= maxCharacters);
    }

    /** Persistent collections that are the same objects hold the same. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isUnchanged(Portfolio portfolio) {
        Portfolio before = encoded;
        return before != null
                && before.alive() == portfolio.alive()
                && before.members() == portfolio.members()
                && before.podNames() == portfolio.podNames()
                && before.hidden() == portfolio.hidden();
    }
}
