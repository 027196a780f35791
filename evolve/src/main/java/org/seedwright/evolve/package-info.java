/**
 * How instruction data comes to be: seed snippets from source code, OSS-Instruct, Evol-Instruct and
 * their rejections.
 *
 * <p>This package holds what its sub-packages share: identities, deterministic draws, prompts,
 * teacher replies and the reasons for which a unit is rejected. The module knows no engine, no file
 * format of tables and no model client; prompts are rendered and replies are parsed by pure
 * functions.
 */
package org.seedwright.evolve;
