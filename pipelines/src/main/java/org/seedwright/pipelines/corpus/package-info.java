/** What source files there are: listings of folders and git checkouts, with their digests. */
package org.seedwright.pipelines.corpus;
