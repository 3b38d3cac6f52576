/**
 * What every part of a kind promises, as checks that need no test framework: {@link dev.nurture.contracts.Contract} names
 * the clauses of a kind, {@link dev.nurture.contracts.Examination} holds a part to them. Beside them stand plain stand-ins
 * for the engine.
 */
package dev.nurture.contracts;
