import { describe, expect, it } from 'vitest';
import { printSchema } from '../../src/schema/print-schema.js';
import { resolveSchema } from '../../src/schema/resolve-schema.js';
import { schemaFromJson } from '../../src/schema/schema-from-json.js';
import { schemaToJson, schemaToJsonWithResolvedTypes } from '../../src/schema/schema-to-json.js';
import { compareSchema, readFragment } from './compare.js';
import { describeSchema } from './describe-schema.js';

const TEXT = `// users first
@doc("people") entity User in [Group] { "first name": String, groups?: Set<Group>, } tags Long; entity Group;
namespace Acme {
  type Size = { width: Long, @unit height: Long };
  action view, "zoom in" in all appliesTo { principal: User, resource: Image, context: Size };
  entity Image = { size: Size, hash: __cedar::String };
  action all;
}`;

const PRINTED = `entity Group;

@doc("people")
entity User in [Group] = {
  "first name": String,
  groups?: Set<Group>
} tags Long;

namespace Acme {
  type Size = {
    @unit("")
    height: Long,
    width: Long
  };

  entity Image = {
    hash: __cedar::String,
    size: Size
  };

  action "all";

  action "view" in [Action::"all"] appliesTo {
    principal: [User],
    resource: [Image],
    context: Size
  };

  action "zoom in" in [Action::"all"] appliesTo {
    principal: [User],
    resource: [Image],
    context: Size
  };
}
`;

const named = (name: string): object => ({ type: 'EntityOrCommon', name });

/** The action of the example with its references written in one way or the other. */
function viewed(principal: string, resource: string, context: string, group: object): object {
  return {
    appliesTo: { resourceTypes: [resource], principalTypes: [principal], context: { type: context } },
    memberOf: [group],
  };
}

function fragmentOf(schema: string | object): Parameters<typeof printSchema>[0] {
  const fragment = readFragment(schema);
  return fragment.ok ? fragment.value : { namespaces: [] };
}

describe('a schema in Cedar syntax', () => {
  it('is printed in alphabetical order, one attribute a line', () => {
    const printed = printSchema(fragmentOf(TEXT));
    expect(printed.ok ? printed.value : printed.diagnostics).toBe(PRINTED);
  });

  it('keeps its names as they were written in JSON', () => {
    const group = { id: 'all' };
    expect(schemaToJson(fragmentOf(TEXT))).toEqual({
      '': {
        entityTypes: {
          Group: {},
          User: {
            memberOfTypes: ['Group'],
            shape: {
              type: 'Record',
              attributes: {
                'first name': named('String'),
                groups: { type: 'Set', element: named('Group'), required: false },
              },
            },
            tags: named('Long'),
            annotations: { doc: 'people' },
          },
        },
        actions: {},
      },
      Acme: {
        commonTypes: {
          Size: {
            type: 'Record',
            attributes: { height: { ...named('Long'), annotations: { unit: '' } }, width: named('Long') },
          },
        },
        entityTypes: {
          Image: { shape: { type: 'Record', attributes: { hash: named('__cedar::String'), size: named('Size') } } },
        },
        actions: {
          all: { appliesTo: { resourceTypes: [], principalTypes: [] } },
          view: viewed('User', 'Image', 'Size', group),
          'zoom in': viewed('User', 'Image', 'Size', group),
        },
      },
    });
  });

  it('has full names in JSON with resolved types', () => {
    const json = schemaToJsonWithResolvedTypes(fragmentOf(TEXT));
    const group = { id: 'all', type: 'Acme::Action' };
    expect(json.ok ? json.value['Acme'] : json.diagnostics).toEqual({
      commonTypes: {
        Size: {
          type: 'Record',
          attributes: { height: { type: 'Long', annotations: { unit: '' } }, width: { type: 'Long' } },
        },
      },
      entityTypes: {
        Image: {
          shape: { type: 'Record', attributes: { hash: { type: '__cedar::String' }, size: { type: 'Acme::Size' } } },
        },
      },
      actions: {
        all: { appliesTo: { resourceTypes: [], principalTypes: [] } },
        view: viewed('User', 'Acme::Image', 'Acme::Size', group),
        'zoom in': viewed('User', 'Acme::Image', 'Acme::Size', group),
      },
    });
    expect(schemaToJsonWithResolvedTypes(fragmentOf('entity A in B;')).ok).toBe(false);
  });

  it('is the same JSON after a way through JSON', () => {
    const json = schemaToJson(fragmentOf(TEXT));
    const read = schemaFromJson(json);
    expect(read.ok && schemaToJson(read.value)).toEqual(json);
  });

  it('means the same after it was printed and read', () => {
    const meanings = [TEXT, PRINTED].map((text) => resolveSchema([fragmentOf(text)]));
    const [first, second] = meanings.map((result) => (result.ok ? describeSchema(result.value) : result.diagnostics));
    expect(first).toContain('zoom in');
    expect(second).toEqual(first);
  });
});

describe('a schema in JSON', () => {
  it('says in Cedar syntax what it can', () => {
    const printed = printSchema(
      fragmentOf({
        '': {
          entityTypes: {
            User: {
              shape: {
                type: 'Record',
                attributes: {
                  active: { type: 'Boolean' },
                  ip: { type: 'Extension', name: 'ipaddr', annotations: { since: null } },
                  boss: { type: 'Entity', name: 'User', required: false },
                  empty: { type: 'Record', attributes: {} },
                },
              },
            },
            Color: { enum: ['red', 'dark "red"'] },
          },
          actions: { none: { appliesTo: { principalTypes: [], resourceTypes: ['User'] } } },
        },
      }),
    );
    expect(printed).toMatchObject({
      ok: true,
      value: `entity Color enum ["red", "dark \\"red\\""];

entity User = {
  active: __cedar::Bool,
  boss?: User,
  empty: {  },
  @since
  ip: __cedar::ipaddr
};

action "none";
`,
      diagnostics: [],
    });
  });
});

describe('the empty namespace beside others', () => {
  const nothing = { entityTypes: {}, actions: {} };
  const types = { entityTypes: { A: {} }, actions: {} };
  const actions = { entityTypes: {}, actions: { v: {} } };
  const common = { commonTypes: { T: { type: 'Long' } }, entityTypes: {}, actions: {} };

  it.each<[string, object]>([
    ['alone and empty', { '': nothing }],
    ['empty, in front', { '': nothing, N: types }],
    ['empty, behind', { N: types, '': nothing }],
    ['empty, beside an empty one', { '': nothing, N: nothing }],
    ['not there', { N: nothing, M: nothing }],
    ['with types', { N: types, '': { ...types, entityTypes: { B: {} } } }],
    ['with actions', { '': actions, N: types }],
    ['with common types', { '': common, N: types }],
    ['with everything, beside several', { '': { ...common, ...actions }, 'N::M': types, N: nothing, M: types }],
  ])('has the blank lines of the official text: %s', (_name, schema) => {
    expect(compareSchema(schema)).toEqual({ accepted: true, differences: [] });
  });

  it('leaves a blank line in front where it is empty', () => {
    const fragment = readFragment({ '': nothing, N: types });
    const printed = fragment.ok ? printSchema(fragment.value) : fragment;
    expect(printed).toMatchObject({ ok: true, value: '\nnamespace N {\n  entity A;\n}\n' });
  });
});
