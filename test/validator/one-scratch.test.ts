import { test } from 'vitest';
import { compareValidation } from './compare-validation.js';
const schema = `entity A { c: Long }; entity B; action x appliesTo { principal: [A], resource: [A], context: {  } };`;
test('one', () => {
  for (const p of [
    'permit(principal, action in Action::"v", resource) when { 1 } when { 2 };',
    'permit(principal, action in Action::"v", resource) when { 1 };',
    'permit(principal, action in Action::"x", resource) when { 1 } when { 2 };',
    'permit(principal, action in Action::"x", resource) when { 1 like "a" } when { 2 };',
    'permit(principal, action in Action::"x", resource) when { 1 like "a" || 1 < "a" } when { 2 };',
    'permit(principal, action in Action::"x", resource) when { (principal is B) || (1 like "a" || 1 < "a") } when { 2 };',
    'permit(principal, action in Action::"x", resource) when { (principal is B && true) || (1 like "a" || 1 < "a") } when { 2 };',
    'permit(principal, action in Action::"x", resource) when { (Action::"v" is B in Action::"v" && true) || (1 like "a" || 1 < "a") } when { 2 };',
    'permit(principal, action in Action::"x", resource) when { (Action::"x" is B in Action::"v" && true) || (1 like "a" || 1 < "a") } when { 2 };',
    'permit(principal, action in Action::"v", resource) when { (Action::"x" is B in Action::"v" && true) || (1 like "a" || 1 < "a") } when { 2 };',
  ]) console.log(p, compareValidation(schema, p));
});
