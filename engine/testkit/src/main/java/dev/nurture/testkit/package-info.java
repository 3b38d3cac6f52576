/** Plain stand-ins for the engine and independent references, for the tests of plugins. */
package dev.nurture.testkit;
