/**
 * The contracts of {@link dev.nurture.contracts} as JUnit 5 tests: a plugin's author inherits the class of a kind, and
 * gets a test a clause.
 */
package dev.nurture.testkit;
