import type { Command } from 'commander';
import type { Runtime } from '../context.js';
import { runDoctor } from '../doctor/doctor.js';
import { addExamples, withOutcome } from './subcommand.js';

export function addDoctorCommand(program: Command, runtime: Runtime): void {
  addExamples(
    program
      .command('doctor')
      .description(
        'look for what may be in the way, with --account in its history too, and say what to do',
      )
      .option('--salvage <name>', 'copy what reads of a damaged history into a new account')
      .action(withOutcome(runtime, runDoctor)),
    'gravy doctor',
    'gravy doctor --account ada',
    'gravy doctor --account ada --salvage ada-salvaged',
  );
}
