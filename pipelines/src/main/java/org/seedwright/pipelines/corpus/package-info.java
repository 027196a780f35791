/**
 * What source files there are, and how they are read: listings of folders and git checkouts,
 * entries of archives, rows of corpora, each with its digest and its licence.
 */
package org.seedwright.pipelines.corpus;
