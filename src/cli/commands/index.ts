import type { Command } from '../command.js';
import { adjudicate } from './adjudicate.js';
import { authorize } from './authorize.js';
import { check } from './check.js';
import { format } from './format.js';
import { init } from './init.js';
import { test } from './test.js';

/** Every command, in the order of the overview. */
export const COMMANDS: readonly Command[] = [init, check, format, authorize, adjudicate, test];
