// @ts-nocheck
/* oxlint-disable */
// Made by .config/generate-validators.mjs from grammar/schemas; do not edit.
"use strict";
export const agentErrors = validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"deodar/agent","title":"Agent","description":"The agent that a harness judges, with its tools.","type":"object","required":["id"],"additionalProperties":false,"properties":{"$schema":{"type":"string"},"id":{"type":"string","pattern":".","description":"Id of the `Agent` entity."},"name":{"type":"string","description":"Attribute `name` of the agent; its id when absent."},"provider":{"type":"string"},"provider_id":{"type":"string"},"description":{"type":"string"},"instruction":{"type":"string"},"tenant":{"type":"string","description":"Id of the `Tenant` that the agent belongs to."},"trustToolHints":{"type":"boolean","description":"The host trusts the servers of the tools, so that their `readOnlyHint` counts."},"assumeToolHints":{"type":"boolean","description":"Tools without a hint are what the protocol assumes: destructive and open to the world."},"rename":{"type":"object","description":"Names of the actions of tools whose own name is taken, by the name of the tool.","additionalProperties":{"type":"string"}},"hostSchema":{"description":"JSON Schema of what the host passes with an event as `host`."},"userSchema":{"description":"JSON Schema of the attributes of `User` entities."},"workspace":{"type":"object","required":["root"],"additionalProperties":false,"description":"Where the agent works; paths are absolute.","properties":{"root":{"type":"string","pattern":"^/"},"cwd":{"type":"string","pattern":"^/"},"home":{"type":"string","pattern":"^/"},"globs":{"type":"object","description":"Named sets of glob patterns.","additionalProperties":{"type":"array","items":{"type":"string"}}}}},"tools":{"type":"array","items":{"$ref":"#/$defs/tool"}}},"$defs":{"tool":{"type":"object","required":["name"],"additionalProperties":false,"properties":{"name":{"type":"string"},"title":{"type":"string"},"description":{"type":"string"},"inputSchema":{"description":"JSON Schema of the arguments; none means that the tool takes no arguments."},"outputSchema":{"description":"JSON Schema of the result."},"annotations":{"type":"object","description":"What the tool's server says about it; other keys are allowed.","properties":{"readOnlyHint":{"type":"boolean"},"destructiveHint":{"type":"boolean"},"openWorldHint":{"type":"boolean"}}},"facts":{"type":"object","description":"What a parameter is, by its name.","additionalProperties":{"enum":["shell","path","url","text","none"]}},"numbers":{"type":"object","description":"How single fields of type number are represented, by JSON pointer.","additionalProperties":{"enum":["long","decimal"]}},"_meta":{},"icons":{},"execution":{}}}}};
const schema32 = {"type":"object","required":["name"],"additionalProperties":false,"properties":{"name":{"type":"string"},"title":{"type":"string"},"description":{"type":"string"},"inputSchema":{"description":"JSON Schema of the arguments; none means that the tool takes no arguments."},"outputSchema":{"description":"JSON Schema of the result."},"annotations":{"type":"object","description":"What the tool's server says about it; other keys are allowed.","properties":{"readOnlyHint":{"type":"boolean"},"destructiveHint":{"type":"boolean"},"openWorldHint":{"type":"boolean"}}},"facts":{"type":"object","description":"What a parameter is, by its name.","additionalProperties":{"enum":["shell","path","url","text","none"]}},"numbers":{"type":"object","description":"How single fields of type number are represented, by JSON pointer.","additionalProperties":{"enum":["long","decimal"]}},"_meta":{},"icons":{},"execution":{}}};
const func1 = Object.prototype.hasOwnProperty;
const pattern4 = new RegExp(".", "u");
const pattern5 = new RegExp("^/", "u");

function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="deodar/agent" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate20.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'",schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema31.properties, key0))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.$schema !== undefined){
let data0 = data.$schema;
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.$schema.type,parentSchema:schema31.properties.$schema,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.id !== undefined){
let data1 = data.id;
if(typeof data1 === "string"){
if(!pattern4.test(data1)){
const err3 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/pattern",keyword:"pattern",params:{pattern: "."},message:"must match pattern \""+"."+"\"",schema:".",parentSchema:schema31.properties.id,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.id.type,parentSchema:schema31.properties.id,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.name !== undefined){
let data2 = data.name;
if(typeof data2 !== "string"){
const err5 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.name.type,parentSchema:schema31.properties.name,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.provider !== undefined){
let data3 = data.provider;
if(typeof data3 !== "string"){
const err6 = {instancePath:instancePath+"/provider",schemaPath:"#/properties/provider/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.provider.type,parentSchema:schema31.properties.provider,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.provider_id !== undefined){
let data4 = data.provider_id;
if(typeof data4 !== "string"){
const err7 = {instancePath:instancePath+"/provider_id",schemaPath:"#/properties/provider_id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.provider_id.type,parentSchema:schema31.properties.provider_id,data:data4};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.description !== undefined){
let data5 = data.description;
if(typeof data5 !== "string"){
const err8 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.description.type,parentSchema:schema31.properties.description,data:data5};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.instruction !== undefined){
let data6 = data.instruction;
if(typeof data6 !== "string"){
const err9 = {instancePath:instancePath+"/instruction",schemaPath:"#/properties/instruction/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.instruction.type,parentSchema:schema31.properties.instruction,data:data6};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.tenant !== undefined){
let data7 = data.tenant;
if(typeof data7 !== "string"){
const err10 = {instancePath:instancePath+"/tenant",schemaPath:"#/properties/tenant/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.tenant.type,parentSchema:schema31.properties.tenant,data:data7};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.trustToolHints !== undefined){
let data8 = data.trustToolHints;
if(typeof data8 !== "boolean"){
const err11 = {instancePath:instancePath+"/trustToolHints",schemaPath:"#/properties/trustToolHints/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema31.properties.trustToolHints.type,parentSchema:schema31.properties.trustToolHints,data:data8};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.assumeToolHints !== undefined){
let data9 = data.assumeToolHints;
if(typeof data9 !== "boolean"){
const err12 = {instancePath:instancePath+"/assumeToolHints",schemaPath:"#/properties/assumeToolHints/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema31.properties.assumeToolHints.type,parentSchema:schema31.properties.assumeToolHints,data:data9};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.rename !== undefined){
let data10 = data.rename;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
for(const key1 in data10){
let data11 = data10[key1];
if(typeof data11 !== "string"){
const err13 = {instancePath:instancePath+"/rename/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rename/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.rename.additionalProperties.type,parentSchema:schema31.properties.rename.additionalProperties,data:data11};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
else {
const err14 = {instancePath:instancePath+"/rename",schemaPath:"#/properties/rename/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.rename.type,parentSchema:schema31.properties.rename,data:data10};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.workspace !== undefined){
let data12 = data.workspace;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(data12.root === undefined){
const err15 = {instancePath:instancePath+"/workspace",schemaPath:"#/properties/workspace/required",keyword:"required",params:{missingProperty: "root"},message:"must have required property '"+"root"+"'",schema:schema31.properties.workspace.required,parentSchema:schema31.properties.workspace,data:data12};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
for(const key2 in data12){
if(!((((key2 === "root") || (key2 === "cwd")) || (key2 === "home")) || (key2 === "globs"))){
const err16 = {instancePath:instancePath+"/workspace",schemaPath:"#/properties/workspace/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.workspace,data:data12};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data12.root !== undefined){
let data13 = data12.root;
if(typeof data13 === "string"){
if(!pattern5.test(data13)){
const err17 = {instancePath:instancePath+"/workspace/root",schemaPath:"#/properties/workspace/properties/root/pattern",keyword:"pattern",params:{pattern: "^/"},message:"must match pattern \""+"^/"+"\"",schema:"^/",parentSchema:schema31.properties.workspace.properties.root,data:data13};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/workspace/root",schemaPath:"#/properties/workspace/properties/root/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.workspace.properties.root.type,parentSchema:schema31.properties.workspace.properties.root,data:data13};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data12.cwd !== undefined){
let data14 = data12.cwd;
if(typeof data14 === "string"){
if(!pattern5.test(data14)){
const err19 = {instancePath:instancePath+"/workspace/cwd",schemaPath:"#/properties/workspace/properties/cwd/pattern",keyword:"pattern",params:{pattern: "^/"},message:"must match pattern \""+"^/"+"\"",schema:"^/",parentSchema:schema31.properties.workspace.properties.cwd,data:data14};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
else {
const err20 = {instancePath:instancePath+"/workspace/cwd",schemaPath:"#/properties/workspace/properties/cwd/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.workspace.properties.cwd.type,parentSchema:schema31.properties.workspace.properties.cwd,data:data14};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data12.home !== undefined){
let data15 = data12.home;
if(typeof data15 === "string"){
if(!pattern5.test(data15)){
const err21 = {instancePath:instancePath+"/workspace/home",schemaPath:"#/properties/workspace/properties/home/pattern",keyword:"pattern",params:{pattern: "^/"},message:"must match pattern \""+"^/"+"\"",schema:"^/",parentSchema:schema31.properties.workspace.properties.home,data:data15};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/workspace/home",schemaPath:"#/properties/workspace/properties/home/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.workspace.properties.home.type,parentSchema:schema31.properties.workspace.properties.home,data:data15};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data12.globs !== undefined){
let data16 = data12.globs;
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
for(const key3 in data16){
let data17 = data16[key3];
if(Array.isArray(data17)){
const len0 = data17.length;
for(let i0=0; i0<len0; i0++){
let data18 = data17[i0];
if(typeof data18 !== "string"){
const err23 = {instancePath:instancePath+"/workspace/globs/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i0,schemaPath:"#/properties/workspace/properties/globs/additionalProperties/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.workspace.properties.globs.additionalProperties.items.type,parentSchema:schema31.properties.workspace.properties.globs.additionalProperties.items,data:data18};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
else {
const err24 = {instancePath:instancePath+"/workspace/globs/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/workspace/properties/globs/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.workspace.properties.globs.additionalProperties.type,parentSchema:schema31.properties.workspace.properties.globs.additionalProperties,data:data17};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
else {
const err25 = {instancePath:instancePath+"/workspace/globs",schemaPath:"#/properties/workspace/properties/globs/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.workspace.properties.globs.type,parentSchema:schema31.properties.workspace.properties.globs,data:data16};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
else {
const err26 = {instancePath:instancePath+"/workspace",schemaPath:"#/properties/workspace/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.workspace.type,parentSchema:schema31.properties.workspace,data:data12};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data.tools !== undefined){
let data19 = data.tools;
if(Array.isArray(data19)){
const len1 = data19.length;
for(let i1=0; i1<len1; i1++){
let data20 = data19[i1];
if(data20 && typeof data20 == "object" && !Array.isArray(data20)){
if(data20.name === undefined){
const err27 = {instancePath:instancePath+"/tools/" + i1,schemaPath:"#/$defs/tool/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema32.required,parentSchema:schema32,data:data20};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
for(const key4 in data20){
if(!(func1.call(schema32.properties, key4))){
const err28 = {instancePath:instancePath+"/tools/" + i1,schemaPath:"#/$defs/tool/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema32,data:data20};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data20.name !== undefined){
let data21 = data20.name;
if(typeof data21 !== "string"){
const err29 = {instancePath:instancePath+"/tools/" + i1+"/name",schemaPath:"#/$defs/tool/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.name.type,parentSchema:schema32.properties.name,data:data21};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data20.title !== undefined){
let data22 = data20.title;
if(typeof data22 !== "string"){
const err30 = {instancePath:instancePath+"/tools/" + i1+"/title",schemaPath:"#/$defs/tool/properties/title/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.title.type,parentSchema:schema32.properties.title,data:data22};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data20.description !== undefined){
let data23 = data20.description;
if(typeof data23 !== "string"){
const err31 = {instancePath:instancePath+"/tools/" + i1+"/description",schemaPath:"#/$defs/tool/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.description.type,parentSchema:schema32.properties.description,data:data23};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data20.annotations !== undefined){
let data24 = data20.annotations;
if(data24 && typeof data24 == "object" && !Array.isArray(data24)){
if(data24.readOnlyHint !== undefined){
let data25 = data24.readOnlyHint;
if(typeof data25 !== "boolean"){
const err32 = {instancePath:instancePath+"/tools/" + i1+"/annotations/readOnlyHint",schemaPath:"#/$defs/tool/properties/annotations/properties/readOnlyHint/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema32.properties.annotations.properties.readOnlyHint.type,parentSchema:schema32.properties.annotations.properties.readOnlyHint,data:data25};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data24.destructiveHint !== undefined){
let data26 = data24.destructiveHint;
if(typeof data26 !== "boolean"){
const err33 = {instancePath:instancePath+"/tools/" + i1+"/annotations/destructiveHint",schemaPath:"#/$defs/tool/properties/annotations/properties/destructiveHint/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema32.properties.annotations.properties.destructiveHint.type,parentSchema:schema32.properties.annotations.properties.destructiveHint,data:data26};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data24.openWorldHint !== undefined){
let data27 = data24.openWorldHint;
if(typeof data27 !== "boolean"){
const err34 = {instancePath:instancePath+"/tools/" + i1+"/annotations/openWorldHint",schemaPath:"#/$defs/tool/properties/annotations/properties/openWorldHint/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema32.properties.annotations.properties.openWorldHint.type,parentSchema:schema32.properties.annotations.properties.openWorldHint,data:data27};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
else {
const err35 = {instancePath:instancePath+"/tools/" + i1+"/annotations",schemaPath:"#/$defs/tool/properties/annotations/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema32.properties.annotations.type,parentSchema:schema32.properties.annotations,data:data24};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data20.facts !== undefined){
let data28 = data20.facts;
if(data28 && typeof data28 == "object" && !Array.isArray(data28)){
for(const key5 in data28){
let data29 = data28[key5];
if(!(((((data29 === "shell") || (data29 === "path")) || (data29 === "url")) || (data29 === "text")) || (data29 === "none"))){
const err36 = {instancePath:instancePath+"/tools/" + i1+"/facts/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/tool/properties/facts/additionalProperties/enum",keyword:"enum",params:{allowedValues: schema32.properties.facts.additionalProperties.enum},message:"must be equal to one of the allowed values",schema:schema32.properties.facts.additionalProperties.enum,parentSchema:schema32.properties.facts.additionalProperties,data:data29};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
else {
const err37 = {instancePath:instancePath+"/tools/" + i1+"/facts",schemaPath:"#/$defs/tool/properties/facts/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema32.properties.facts.type,parentSchema:schema32.properties.facts,data:data28};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data20.numbers !== undefined){
let data30 = data20.numbers;
if(data30 && typeof data30 == "object" && !Array.isArray(data30)){
for(const key6 in data30){
let data31 = data30[key6];
if(!((data31 === "long") || (data31 === "decimal"))){
const err38 = {instancePath:instancePath+"/tools/" + i1+"/numbers/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/tool/properties/numbers/additionalProperties/enum",keyword:"enum",params:{allowedValues: schema32.properties.numbers.additionalProperties.enum},message:"must be equal to one of the allowed values",schema:schema32.properties.numbers.additionalProperties.enum,parentSchema:schema32.properties.numbers.additionalProperties,data:data31};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
}
else {
const err39 = {instancePath:instancePath+"/tools/" + i1+"/numbers",schemaPath:"#/$defs/tool/properties/numbers/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema32.properties.numbers.type,parentSchema:schema32.properties.numbers,data:data30};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
}
else {
const err40 = {instancePath:instancePath+"/tools/" + i1,schemaPath:"#/$defs/tool/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema32.type,parentSchema:schema32,data:data20};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
}
else {
const err41 = {instancePath:instancePath+"/tools",schemaPath:"#/properties/tools/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.tools.type,parentSchema:schema31.properties.tools,data:data19};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
}
else {
const err42 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const configErrors = validate21;
const schema33 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"deodar/config","title":"Deodar configuration","description":"Settings of the command `deodar` for a folder and all below: `deodar.config.json`. What the command line says wins. Paths count from the folder of the file.","type":"object","additionalProperties":false,"properties":{"$schema":{"type":"string"},"policies":{"$ref":"#/$defs/paths","description":"Policies: files, folders or patterns."},"schema":{"$ref":"#/$defs/paths","description":"The schema of the policies; several files are taken together."},"entities":{"$ref":"#/$defs/path","description":"Entities in Cedar's JSON."},"agent":{"$ref":"#/$defs/path","description":"The agent of the policies: { id, name, tools }."},"tools":{"$ref":"#/$defs/path","description":"A list of tools that `deodar schema` reads where there is no agent."},"profile":{"enum":["deodar","sondera","mcp"],"description":"How policies see the agent."},"namespace":{"type":"string","minLength":1,"description":"The namespace of the profile `sondera`."},"stub":{"$ref":"#/$defs/path","description":"The types of principals, resources and contexts that the profile `mcp` needs."},"includeOutputs":{"type":"boolean","description":"Profile `mcp`: `context.output` beside `context.input`."},"objectsAsRecords":{"type":"boolean","description":"Profile `mcp`: objects are records instead of entities."},"keepAnnotations":{"type":"boolean","description":"Profile `mcp`: the annotations of the stub stay."},"flattenNamespaces":{"type":"boolean","description":"Profile `mcp`: all types in one namespace."},"numbersAsDecimal":{"type":"boolean","description":"Profile `mcp`: numbers are decimals."},"deduplicate":{"type":"boolean","description":"Profile `mcp`: types that are declared alike stand once."},"mode":{"enum":["strict","permissive"],"description":"How policies are validated."},"level":{"type":"integer","minimum":0,"description":"Most steps from the request to the entities that policies read from."},"denyWarnings":{"type":"boolean","description":"Whether warnings fail `deodar check` and `deodar validate`."},"rules":{"type":"object","additionalProperties":false,"description":"How findings are reported, by their code.","properties":{"always-fails":{"$ref":"#/$defs/level","description":"a policy that can never fire, since what must hold fails whenever it is evaluated"},"never-satisfied":{"$ref":"#/$defs/level","description":"a policy that can never fire, since what must hold never does"},"shadowed-permit":{"$ref":"#/$defs/level","description":"a permit that never allows anything, since a forbid applies whenever it does"},"duplicate-policy":{"$ref":"#/$defs/level","description":"two policies with the same effect, scope and conditions"},"nothing-permitted":{"$ref":"#/$defs/level","description":"an action that no permit can allow, or a set without a permit"},"unreachable-operand":{"$ref":"#/$defs/level","description":"an operand of `&&` or `||` behind one that always decides"},"superfluous-operand":{"$ref":"#/$defs/level","description":"an operand of `&&` or `||` that changes nothing"},"constant-comparison":{"$ref":"#/$defs/level","description":"a comparison with one answer for every request"},"like-without-wildcard":{"$ref":"#/$defs/level","description":"a pattern without `*`, which matches one text only"},"like-with-regular-expression":{"$ref":"#/$defs/level","description":"a pattern with the marks of a regular expression, which stand for themselves"},"missing-id":{"$ref":"#/$defs/level","description":"a policy without `@id`, which is named by its place in the file; a harness needs one"},"missing-description":{"$ref":"#/$defs/level","description":"a policy without `@description`, which people read when it denies"},"invalid-action-application":{"$ref":"#/$defs/level","description":"a scope that fits no action of the schema"},"impossible-policy":{"$ref":"#/$defs/level","description":"a policy that is false for every request that the schema allows"},"mixed-script-string":{"$ref":"#/$defs/level","description":"a string with letters of several scripts"},"bidi-chars-in-string":{"$ref":"#/$defs/level","description":"a string with characters that change the direction of text"},"mixed-script-identifier":{"$ref":"#/$defs/level","description":"a name with letters of several scripts"},"bidi-chars-in-identifier":{"$ref":"#/$defs/level","description":"a name with characters that change the direction of text"},"confusable-identifier":{"$ref":"#/$defs/level","description":"a name that looks like another"}}},"tests":{"$ref":"#/$defs/paths","description":"Test files: files, folders or patterns."},"thresholds":{"type":"object","additionalProperties":false,"description":"Percentages below which `deodar test --coverage` and `--mutate` fail.","properties":{"policies":{"type":"integer","minimum":0,"maximum":100,"description":"Policies that fire."},"branches":{"type":"integer","minimum":0,"maximum":100,"description":"Branches that are met."},"score":{"type":"integer","minimum":0,"maximum":100,"description":"Changes of policies that tests notice."},"members":{"type":"integer","minimum":0,"maximum":100,"description":"Changes of members of lists that tests notice."}}}},"$defs":{"path":{"type":"string","minLength":1},"paths":{"type":["string","array"],"minLength":1,"minItems":1,"items":{"$ref":"#/$defs/path"}},"level":{"enum":["off","note","warning","error"]}}};
const schema35 = {"type":"string","minLength":1};
const schema40 = {"enum":["off","note","warning","error"]};
const func4 = require("ajv/dist/runtime/ucs2length").default;
const schema34 = {"type":["string","array"],"minLength":1,"minItems":1,"items":{"$ref":"#/$defs/path"}};

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate22.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema34.type},message:"must be string,array",schema:schema34.type,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(typeof data === "string"){
if(func4(data) < 1){
const err1 = {instancePath,schemaPath:"#/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(Array.isArray(data)){
if(data.length < 1){
const err2 = {instancePath,schemaPath:"#/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 === "string"){
if(func4(data0) < 1){
const err3 = {instancePath:instancePath+"/" + i0,schemaPath:"#/$defs/path/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema35,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/" + i0,schemaPath:"#/$defs/path/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.type,parentSchema:schema35,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
validate22.errors = vErrors;
return errors === 0;
}
validate22.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};


function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="deodar/config" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate21.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema33.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.$schema !== undefined){
let data0 = data.$schema;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.properties.$schema.type,parentSchema:schema33.properties.$schema,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.policies !== undefined){
if(!(validate22(data.policies, {instancePath:instancePath+"/policies",parentData:data,parentDataProperty:"policies",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data.schema !== undefined){
if(!(validate22(data.schema, {instancePath:instancePath+"/schema",parentData:data,parentDataProperty:"schema",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data.entities !== undefined){
let data3 = data.entities;
if(typeof data3 === "string"){
if(func4(data3) < 1){
const err2 = {instancePath:instancePath+"/entities",schemaPath:"#/$defs/path/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema35,data:data3};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/entities",schemaPath:"#/$defs/path/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.type,parentSchema:schema35,data:data3};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.agent !== undefined){
let data4 = data.agent;
if(typeof data4 === "string"){
if(func4(data4) < 1){
const err4 = {instancePath:instancePath+"/agent",schemaPath:"#/$defs/path/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema35,data:data4};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/agent",schemaPath:"#/$defs/path/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.type,parentSchema:schema35,data:data4};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.tools !== undefined){
let data5 = data.tools;
if(typeof data5 === "string"){
if(func4(data5) < 1){
const err6 = {instancePath:instancePath+"/tools",schemaPath:"#/$defs/path/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema35,data:data5};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/tools",schemaPath:"#/$defs/path/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.type,parentSchema:schema35,data:data5};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.profile !== undefined){
let data6 = data.profile;
if(!(((data6 === "deodar") || (data6 === "sondera")) || (data6 === "mcp"))){
const err8 = {instancePath:instancePath+"/profile",schemaPath:"#/properties/profile/enum",keyword:"enum",params:{allowedValues: schema33.properties.profile.enum},message:"must be equal to one of the allowed values",schema:schema33.properties.profile.enum,parentSchema:schema33.properties.profile,data:data6};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.namespace !== undefined){
let data7 = data.namespace;
if(typeof data7 === "string"){
if(func4(data7) < 1){
const err9 = {instancePath:instancePath+"/namespace",schemaPath:"#/properties/namespace/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema33.properties.namespace,data:data7};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/namespace",schemaPath:"#/properties/namespace/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.properties.namespace.type,parentSchema:schema33.properties.namespace,data:data7};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.stub !== undefined){
let data8 = data.stub;
if(typeof data8 === "string"){
if(func4(data8) < 1){
const err11 = {instancePath:instancePath+"/stub",schemaPath:"#/$defs/path/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema35,data:data8};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/stub",schemaPath:"#/$defs/path/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.type,parentSchema:schema35,data:data8};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.includeOutputs !== undefined){
let data9 = data.includeOutputs;
if(typeof data9 !== "boolean"){
const err13 = {instancePath:instancePath+"/includeOutputs",schemaPath:"#/properties/includeOutputs/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema33.properties.includeOutputs.type,parentSchema:schema33.properties.includeOutputs,data:data9};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.objectsAsRecords !== undefined){
let data10 = data.objectsAsRecords;
if(typeof data10 !== "boolean"){
const err14 = {instancePath:instancePath+"/objectsAsRecords",schemaPath:"#/properties/objectsAsRecords/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema33.properties.objectsAsRecords.type,parentSchema:schema33.properties.objectsAsRecords,data:data10};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.keepAnnotations !== undefined){
let data11 = data.keepAnnotations;
if(typeof data11 !== "boolean"){
const err15 = {instancePath:instancePath+"/keepAnnotations",schemaPath:"#/properties/keepAnnotations/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema33.properties.keepAnnotations.type,parentSchema:schema33.properties.keepAnnotations,data:data11};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.flattenNamespaces !== undefined){
let data12 = data.flattenNamespaces;
if(typeof data12 !== "boolean"){
const err16 = {instancePath:instancePath+"/flattenNamespaces",schemaPath:"#/properties/flattenNamespaces/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema33.properties.flattenNamespaces.type,parentSchema:schema33.properties.flattenNamespaces,data:data12};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.numbersAsDecimal !== undefined){
let data13 = data.numbersAsDecimal;
if(typeof data13 !== "boolean"){
const err17 = {instancePath:instancePath+"/numbersAsDecimal",schemaPath:"#/properties/numbersAsDecimal/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema33.properties.numbersAsDecimal.type,parentSchema:schema33.properties.numbersAsDecimal,data:data13};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.deduplicate !== undefined){
let data14 = data.deduplicate;
if(typeof data14 !== "boolean"){
const err18 = {instancePath:instancePath+"/deduplicate",schemaPath:"#/properties/deduplicate/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema33.properties.deduplicate.type,parentSchema:schema33.properties.deduplicate,data:data14};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.mode !== undefined){
let data15 = data.mode;
if(!((data15 === "strict") || (data15 === "permissive"))){
const err19 = {instancePath:instancePath+"/mode",schemaPath:"#/properties/mode/enum",keyword:"enum",params:{allowedValues: schema33.properties.mode.enum},message:"must be equal to one of the allowed values",schema:schema33.properties.mode.enum,parentSchema:schema33.properties.mode,data:data15};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.level !== undefined){
let data16 = data.level;
if(!(((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16))) && (isFinite(data16)))){
const err20 = {instancePath:instancePath+"/level",schemaPath:"#/properties/level/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema33.properties.level.type,parentSchema:schema33.properties.level,data:data16};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if((typeof data16 == "number") && (isFinite(data16))){
if(data16 < 0 || isNaN(data16)){
const err21 = {instancePath:instancePath+"/level",schemaPath:"#/properties/level/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema33.properties.level,data:data16};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
if(data.denyWarnings !== undefined){
let data17 = data.denyWarnings;
if(typeof data17 !== "boolean"){
const err22 = {instancePath:instancePath+"/denyWarnings",schemaPath:"#/properties/denyWarnings/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema33.properties.denyWarnings.type,parentSchema:schema33.properties.denyWarnings,data:data17};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.rules !== undefined){
let data18 = data.rules;
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
for(const key1 in data18){
if(!(func1.call(schema33.properties.rules.properties, key1))){
const err23 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema33.properties.rules,data:data18};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data18["always-fails"] !== undefined){
let data19 = data18["always-fails"];
if(!((((data19 === "off") || (data19 === "note")) || (data19 === "warning")) || (data19 === "error"))){
const err24 = {instancePath:instancePath+"/rules/always-fails",schemaPath:"#/$defs/level/enum",keyword:"enum",params:{allowedValues: schema40.enum},message:"must be equal to one of the allowed values",schema:schema40.enum,parentSchema:schema40,data:data19};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data18["never-satisfied"] !== undefined){
let data20 = data18["never-satisfied"];
if(!((((data20 === "off") || (data20 === "note")) || (data20 === "warning")) || (data20 === "error"))){
const err25 = {instancePath:instancePath+"/rules/never-satisfied",schemaPath:"#/$defs/level/enum",keyword:"enum",params:{allowedValues: schema40.enum},message:"must be equal to one of the allowed values",schema:schema40.enum,parentSchema:schema40,data:data20};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data18["shadowed-permit"] !== undefined){
let data21 = data18["shadowed-permit"];
if(!((((data21 === "off") || (data21 === "note")) || (data21 === "warning")) || (data21 === "error"))){
const err26 = {instancePath:instancePath+"/rules/shadowed-permit",schemaPath:"#/$defs/level/enum",keyword:"enum",params:{allowedValues: schema40.enum},message:"must be equal to one of the allowed values",schema:schema40.enum,parentSchema:schema40,data:data21};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data18["duplicate-policy"] !== undefined){
let data22 = data18["duplicate-policy"];
if(!((((data22 === "off") || (data22 === "note")) || (data22 === "warning")) || (data22 === "error"))){
const err27 = {instancePath:instancePath+"/rules/duplicate-policy",schemaPath:"#/$defs/level/enum",keyword:"enum",params:{allowedValues: schema40.enum},message:"must be equal to one of the allowed values",schema:schema40.enum,parentSchema:schema40,data:data22};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data18["nothing-permitted"] !== undefined){
let data23 = data18["nothing-permitted"];
if(!((((data23 === "off") || (data23 === "note")) || (data23 === "warning")) || (data23 === "error"))){
const err28 = {instancePath:instancePath+"/rules/nothing-permitted",schemaPath:"#/$defs/level/enum",keyword:"enum",params:{allowedValues: schema40.enum},message:"must be equal to one of the allowed values",schema:schema40.enum,parentSchema:schema40,data:data23};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data18["unreachable-operand"] !== undefined){
let data24 = data18["unreachable-operand"];
if(!((((data24 === "off") || (data24 === "note")) || (data24 === "warning")) || (data24 === "error"))){
const err29 = {instancePath:instancePath+"/rules/unreachable-operand",schemaPath:"#/$defs/level/enum",keyword:"enum",params:{allowedValues: schema40.enum},message:"must be equal to one of the allowed values",schema:schema40.enum,parentSchema:schema40,data:data24};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data18["superfluous-operand"] !== undefined){
let data25 = data18["superfluous-operand"];
if(!((((data25 === "off") || (data25 === "note")) || (data25 === "warning")) || (data25 === "error"))){
const err30 = {instancePath:instancePath+"/rules/superfluous-operand",schemaPath:"#/$defs/level/enum",keyword:"enum",params:{allowedValues: schema40.enum},message:"must be equal to one of the allowed values",schema:schema40.enum,parentSchema:schema40,data:data25};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data18["constant-comparison"] !== undefined){
let data26 = data18["constant-comparison"];
if(!((((data26 === "off") || (data26 === "note")) || (data26 === "warning")) || (data26 === "error"))){
const err31 = {instancePath:instancePath+"/rules/constant-comparison",schemaPath:"#/$defs/level/enum",keyword:"enum",params:{allowedValues: schema40.enum},message:"must be equal to one of the allowed values",schema:schema40.enum,parentSchema:schema40,data:data26};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data18["like-without-wildcard"] !== undefined){
let data27 = data18["like-without-wildcard"];
if(!((((data27 === "off") || (data27 === "note")) || (data27 === "warning")) || (data27 === "error"))){
const err32 = {instancePath:instancePath+"/rules/like-without-wildcard",schemaPath:"#/$defs/level/enum",keyword:"enum",params:{allowedValues: schema40.enum},message:"must be equal to one of the allowed values",schema:schema40.enum,parentSchema:schema40,data:data27};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data18["like-with-regular-expression"] !== undefined){
let data28 = data18["like-with-regular-expression"];
if(!((((data28 === "off") || (data28 === "note")) || (data28 === "warning")) || (data28 === "error"))){
const err33 = {instancePath:instancePath+"/rules/like-with-regular-expression",schemaPath:"#/$defs/level/enum",keyword:"enum",params:{allowedValues: schema40.enum},message:"must be equal to one of the allowed values",schema:schema40.enum,parentSchema:schema40,data:data28};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data18["missing-id"] !== undefined){
let data29 = data18["missing-id"];
if(!((((data29 === "off") || (data29 === "note")) || (data29 === "warning")) || (data29 === "error"))){
const err34 = {instancePath:instancePath+"/rules/missing-id",schemaPath:"#/$defs/level/enum",keyword:"enum",params:{allowedValues: schema40.enum},message:"must be equal to one of the allowed values",schema:schema40.enum,parentSchema:schema40,data:data29};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data18["missing-description"] !== undefined){
let data30 = data18["missing-description"];
if(!((((data30 === "off") || (data30 === "note")) || (data30 === "warning")) || (data30 === "error"))){
const err35 = {instancePath:instancePath+"/rules/missing-description",schemaPath:"#/$defs/level/enum",keyword:"enum",params:{allowedValues: schema40.enum},message:"must be equal to one of the allowed values",schema:schema40.enum,parentSchema:schema40,data:data30};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data18["invalid-action-application"] !== undefined){
let data31 = data18["invalid-action-application"];
if(!((((data31 === "off") || (data31 === "note")) || (data31 === "warning")) || (data31 === "error"))){
const err36 = {instancePath:instancePath+"/rules/invalid-action-application",schemaPath:"#/$defs/level/enum",keyword:"enum",params:{allowedValues: schema40.enum},message:"must be equal to one of the allowed values",schema:schema40.enum,parentSchema:schema40,data:data31};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data18["impossible-policy"] !== undefined){
let data32 = data18["impossible-policy"];
if(!((((data32 === "off") || (data32 === "note")) || (data32 === "warning")) || (data32 === "error"))){
const err37 = {instancePath:instancePath+"/rules/impossible-policy",schemaPath:"#/$defs/level/enum",keyword:"enum",params:{allowedValues: schema40.enum},message:"must be equal to one of the allowed values",schema:schema40.enum,parentSchema:schema40,data:data32};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data18["mixed-script-string"] !== undefined){
let data33 = data18["mixed-script-string"];
if(!((((data33 === "off") || (data33 === "note")) || (data33 === "warning")) || (data33 === "error"))){
const err38 = {instancePath:instancePath+"/rules/mixed-script-string",schemaPath:"#/$defs/level/enum",keyword:"enum",params:{allowedValues: schema40.enum},message:"must be equal to one of the allowed values",schema:schema40.enum,parentSchema:schema40,data:data33};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data18["bidi-chars-in-string"] !== undefined){
let data34 = data18["bidi-chars-in-string"];
if(!((((data34 === "off") || (data34 === "note")) || (data34 === "warning")) || (data34 === "error"))){
const err39 = {instancePath:instancePath+"/rules/bidi-chars-in-string",schemaPath:"#/$defs/level/enum",keyword:"enum",params:{allowedValues: schema40.enum},message:"must be equal to one of the allowed values",schema:schema40.enum,parentSchema:schema40,data:data34};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data18["mixed-script-identifier"] !== undefined){
let data35 = data18["mixed-script-identifier"];
if(!((((data35 === "off") || (data35 === "note")) || (data35 === "warning")) || (data35 === "error"))){
const err40 = {instancePath:instancePath+"/rules/mixed-script-identifier",schemaPath:"#/$defs/level/enum",keyword:"enum",params:{allowedValues: schema40.enum},message:"must be equal to one of the allowed values",schema:schema40.enum,parentSchema:schema40,data:data35};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data18["bidi-chars-in-identifier"] !== undefined){
let data36 = data18["bidi-chars-in-identifier"];
if(!((((data36 === "off") || (data36 === "note")) || (data36 === "warning")) || (data36 === "error"))){
const err41 = {instancePath:instancePath+"/rules/bidi-chars-in-identifier",schemaPath:"#/$defs/level/enum",keyword:"enum",params:{allowedValues: schema40.enum},message:"must be equal to one of the allowed values",schema:schema40.enum,parentSchema:schema40,data:data36};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data18["confusable-identifier"] !== undefined){
let data37 = data18["confusable-identifier"];
if(!((((data37 === "off") || (data37 === "note")) || (data37 === "warning")) || (data37 === "error"))){
const err42 = {instancePath:instancePath+"/rules/confusable-identifier",schemaPath:"#/$defs/level/enum",keyword:"enum",params:{allowedValues: schema40.enum},message:"must be equal to one of the allowed values",schema:schema40.enum,parentSchema:schema40,data:data37};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
}
else {
const err43 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema33.properties.rules.type,parentSchema:schema33.properties.rules,data:data18};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data.tests !== undefined){
if(!(validate22(data.tests, {instancePath:instancePath+"/tests",parentData:data,parentDataProperty:"tests",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data.thresholds !== undefined){
let data39 = data.thresholds;
if(data39 && typeof data39 == "object" && !Array.isArray(data39)){
for(const key2 in data39){
if(!((((key2 === "policies") || (key2 === "branches")) || (key2 === "score")) || (key2 === "members"))){
const err44 = {instancePath:instancePath+"/thresholds",schemaPath:"#/properties/thresholds/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema33.properties.thresholds,data:data39};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data39.policies !== undefined){
let data40 = data39.policies;
if(!(((typeof data40 == "number") && (!(data40 % 1) && !isNaN(data40))) && (isFinite(data40)))){
const err45 = {instancePath:instancePath+"/thresholds/policies",schemaPath:"#/properties/thresholds/properties/policies/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema33.properties.thresholds.properties.policies.type,parentSchema:schema33.properties.thresholds.properties.policies,data:data40};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
if((typeof data40 == "number") && (isFinite(data40))){
if(data40 > 100 || isNaN(data40)){
const err46 = {instancePath:instancePath+"/thresholds/policies",schemaPath:"#/properties/thresholds/properties/policies/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema33.properties.thresholds.properties.policies,data:data40};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if(data40 < 0 || isNaN(data40)){
const err47 = {instancePath:instancePath+"/thresholds/policies",schemaPath:"#/properties/thresholds/properties/policies/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema33.properties.thresholds.properties.policies,data:data40};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
if(data39.branches !== undefined){
let data41 = data39.branches;
if(!(((typeof data41 == "number") && (!(data41 % 1) && !isNaN(data41))) && (isFinite(data41)))){
const err48 = {instancePath:instancePath+"/thresholds/branches",schemaPath:"#/properties/thresholds/properties/branches/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema33.properties.thresholds.properties.branches.type,parentSchema:schema33.properties.thresholds.properties.branches,data:data41};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
if((typeof data41 == "number") && (isFinite(data41))){
if(data41 > 100 || isNaN(data41)){
const err49 = {instancePath:instancePath+"/thresholds/branches",schemaPath:"#/properties/thresholds/properties/branches/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema33.properties.thresholds.properties.branches,data:data41};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
if(data41 < 0 || isNaN(data41)){
const err50 = {instancePath:instancePath+"/thresholds/branches",schemaPath:"#/properties/thresholds/properties/branches/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema33.properties.thresholds.properties.branches,data:data41};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
}
if(data39.score !== undefined){
let data42 = data39.score;
if(!(((typeof data42 == "number") && (!(data42 % 1) && !isNaN(data42))) && (isFinite(data42)))){
const err51 = {instancePath:instancePath+"/thresholds/score",schemaPath:"#/properties/thresholds/properties/score/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema33.properties.thresholds.properties.score.type,parentSchema:schema33.properties.thresholds.properties.score,data:data42};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
if((typeof data42 == "number") && (isFinite(data42))){
if(data42 > 100 || isNaN(data42)){
const err52 = {instancePath:instancePath+"/thresholds/score",schemaPath:"#/properties/thresholds/properties/score/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema33.properties.thresholds.properties.score,data:data42};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if(data42 < 0 || isNaN(data42)){
const err53 = {instancePath:instancePath+"/thresholds/score",schemaPath:"#/properties/thresholds/properties/score/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema33.properties.thresholds.properties.score,data:data42};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
}
if(data39.members !== undefined){
let data43 = data39.members;
if(!(((typeof data43 == "number") && (!(data43 % 1) && !isNaN(data43))) && (isFinite(data43)))){
const err54 = {instancePath:instancePath+"/thresholds/members",schemaPath:"#/properties/thresholds/properties/members/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema33.properties.thresholds.properties.members.type,parentSchema:schema33.properties.thresholds.properties.members,data:data43};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
if((typeof data43 == "number") && (isFinite(data43))){
if(data43 > 100 || isNaN(data43)){
const err55 = {instancePath:instancePath+"/thresholds/members",schemaPath:"#/properties/thresholds/properties/members/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema33.properties.thresholds.properties.members,data:data43};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
if(data43 < 0 || isNaN(data43)){
const err56 = {instancePath:instancePath+"/thresholds/members",schemaPath:"#/properties/thresholds/properties/members/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema33.properties.thresholds.properties.members,data:data43};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
}
}
else {
const err57 = {instancePath:instancePath+"/thresholds",schemaPath:"#/properties/thresholds/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema33.properties.thresholds.type,parentSchema:schema33.properties.thresholds,data:data39};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
}
else {
const err58 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema33.type,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}
validate21.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const eventErrors = validate26;
const schema59 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"deodar/event","title":"Event","description":"One line of a recorded session: what an agent is about to do or has just done.","type":"object","required":["stage","role","content"],"properties":{"stage":{"enum":["PRE_MODEL","POST_MODEL","PRE_TOOL","POST_TOOL"]},"role":{"enum":["user","model","system","tool","USER","MODEL","SYSTEM","TOOL"]},"content":{"type":"object","properties":{"text":{"type":"string"},"toolId":{"type":"string"},"callId":{"type":"string"}}},"trajectoryId":{"type":"string"},"host":{}}};

function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="deodar/event" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate26.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.stage === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "stage"},message:"must have required property '"+"stage"+"'",schema:schema59.required,parentSchema:schema59,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.role === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "role"},message:"must have required property '"+"role"+"'",schema:schema59.required,parentSchema:schema59,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.content === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "content"},message:"must have required property '"+"content"+"'",schema:schema59.required,parentSchema:schema59,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.stage !== undefined){
let data0 = data.stage;
if(!((((data0 === "PRE_MODEL") || (data0 === "POST_MODEL")) || (data0 === "PRE_TOOL")) || (data0 === "POST_TOOL"))){
const err3 = {instancePath:instancePath+"/stage",schemaPath:"#/properties/stage/enum",keyword:"enum",params:{allowedValues: schema59.properties.stage.enum},message:"must be equal to one of the allowed values",schema:schema59.properties.stage.enum,parentSchema:schema59.properties.stage,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.role !== undefined){
let data1 = data.role;
if(!((((((((data1 === "user") || (data1 === "model")) || (data1 === "system")) || (data1 === "tool")) || (data1 === "USER")) || (data1 === "MODEL")) || (data1 === "SYSTEM")) || (data1 === "TOOL"))){
const err4 = {instancePath:instancePath+"/role",schemaPath:"#/properties/role/enum",keyword:"enum",params:{allowedValues: schema59.properties.role.enum},message:"must be equal to one of the allowed values",schema:schema59.properties.role.enum,parentSchema:schema59.properties.role,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.content !== undefined){
let data2 = data.content;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.text !== undefined){
let data3 = data2.text;
if(typeof data3 !== "string"){
const err5 = {instancePath:instancePath+"/content/text",schemaPath:"#/properties/content/properties/text/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema59.properties.content.properties.text.type,parentSchema:schema59.properties.content.properties.text,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data2.toolId !== undefined){
let data4 = data2.toolId;
if(typeof data4 !== "string"){
const err6 = {instancePath:instancePath+"/content/toolId",schemaPath:"#/properties/content/properties/toolId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema59.properties.content.properties.toolId.type,parentSchema:schema59.properties.content.properties.toolId,data:data4};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data2.callId !== undefined){
let data5 = data2.callId;
if(typeof data5 !== "string"){
const err7 = {instancePath:instancePath+"/content/callId",schemaPath:"#/properties/content/properties/callId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema59.properties.content.properties.callId.type,parentSchema:schema59.properties.content.properties.callId,data:data5};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath:instancePath+"/content",schemaPath:"#/properties/content/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema59.properties.content.type,parentSchema:schema59.properties.content,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.trajectoryId !== undefined){
let data6 = data.trajectoryId;
if(typeof data6 !== "string"){
const err9 = {instancePath:instancePath+"/trajectoryId",schemaPath:"#/properties/trajectoryId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema59.properties.trajectoryId.type,parentSchema:schema59.properties.trajectoryId,data:data6};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
else {
const err10 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema59.type,parentSchema:schema59,data};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
validate26.errors = vErrors;
return errors === 0;
}
validate26.evaluated = {"props":{"stage":true,"role":true,"content":true,"trajectoryId":true,"host":true},"dynamicProps":false,"dynamicItems":false};

export const testFileErrors = validate27;
const schema60 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"deodar/test-file","title":"Policy tests","description":"Tests of requests, in the shape of the official command line, or of agent events.","type":"object","required":["tests"],"additionalProperties":false,"properties":{"$schema":{"type":"string"},"agent":{"type":"string","description":"Path of the agent file, relative to this file; needed by tests of events."},"policies":{"type":["string","array"],"items":{"type":"string"},"description":"Paths of the policies, relative to this file."},"tests":{"type":"array","items":{"$ref":"#/$defs/test"}}},"$defs":{"test":{"type":"object","additionalProperties":false,"properties":{"name":{"type":"string"},"description":{"type":"string"},"request":{"type":"object"},"entities":{"type":"array"},"decision":{"enum":["allow","deny","ALLOW","DENY","ESCALATE"]},"reason":{"type":"array","items":{"type":"string"}},"num_errors":{"type":"integer","minimum":0},"event":{"type":"object"},"events":{"type":"array","minItems":1},"policies":{"type":"array","items":{"type":"string"},"description":"Ids that the adjudication lists, in any order."},"routes":{"type":"array","items":{"type":["string","null"]}},"table":{"type":"object","required":["columns","rows"],"additionalProperties":false,"description":"Many tests in one: what stands in a row takes its place in this test.","properties":{"columns":{"type":"array","minItems":1,"items":{"$ref":"#/$defs/column"}},"rows":{"type":"array","minItems":1,"items":{"type":"array"},"description":"A cell for each column; what is missing at the end stays as in the test."}}},"cases":{"type":"array","minItems":1,"items":{"type":"object"},"description":"Many tests in one: for each case, what takes which place in this test, under the names that columns have."}},"description":"A test of a request or of an agent's events; with a table or cases, one test for each row.","if":{"not":{"anyOf":[{"required":["table"]},{"required":["cases"]}]}},"then":{"required":["decision"]}},"column":{"type":"string","minLength":1,"description":"A member of the test, such as decision, or a JSON pointer into it, such as /event/content/parameters/command."}}};
const schema61 = {"type":"object","additionalProperties":false,"properties":{"name":{"type":"string"},"description":{"type":"string"},"request":{"type":"object"},"entities":{"type":"array"},"decision":{"enum":["allow","deny","ALLOW","DENY","ESCALATE"]},"reason":{"type":"array","items":{"type":"string"}},"num_errors":{"type":"integer","minimum":0},"event":{"type":"object"},"events":{"type":"array","minItems":1},"policies":{"type":"array","items":{"type":"string"},"description":"Ids that the adjudication lists, in any order."},"routes":{"type":"array","items":{"type":["string","null"]}},"table":{"type":"object","required":["columns","rows"],"additionalProperties":false,"description":"Many tests in one: what stands in a row takes its place in this test.","properties":{"columns":{"type":"array","minItems":1,"items":{"$ref":"#/$defs/column"}},"rows":{"type":"array","minItems":1,"items":{"type":"array"},"description":"A cell for each column; what is missing at the end stays as in the test."}}},"cases":{"type":"array","minItems":1,"items":{"type":"object"},"description":"Many tests in one: for each case, what takes which place in this test, under the names that columns have."}},"description":"A test of a request or of an agent's events; with a table or cases, one test for each row.","if":{"not":{"anyOf":[{"required":["table"]},{"required":["cases"]}]}},"then":{"required":["decision"]}};
const schema62 = {"type":"string","minLength":1,"description":"A member of the test, such as decision, or a JSON pointer into it, such as /event/content/parameters/command."};

function validate28(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate28.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs1 = errors;
let valid0 = true;
const _errs2 = errors;
const _errs3 = errors;
const _errs4 = errors;
const _errs5 = errors;
let valid2 = false;
const _errs6 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.table === undefined) && (missing0 = "table")){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var _valid1 = _errs6 === errors;
valid2 = valid2 || _valid1;
const _errs7 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing1;
if((data.cases === undefined) && (missing1 = "cases")){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid1 = _errs7 === errors;
valid2 = valid2 || _valid1;
if(!valid2){
const err2 = {};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
else {
errors = _errs5;
if(vErrors !== null){
if(_errs5){
vErrors.length = _errs5;
}
else {
vErrors = null;
}
}
}
var valid1 = _errs4 === errors;
if(valid1){
const err3 = {};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
else {
errors = _errs3;
if(vErrors !== null){
if(_errs3){
vErrors.length = _errs3;
}
else {
vErrors = null;
}
}
}
var _valid0 = _errs2 === errors;
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs8 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.decision === undefined){
const err4 = {instancePath,schemaPath:"#/then/required",keyword:"required",params:{missingProperty: "decision"},message:"must have required property '"+"decision"+"'",schema:schema61.then.required,parentSchema:schema61.then,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
var _valid0 = _errs8 === errors;
valid0 = _valid0;
}
if(!valid0){
const err5 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema",schema:schema61.if,parentSchema:schema61,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema61.properties, key0))){
const err6 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema61,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 !== "string"){
const err7 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema61.properties.name.type,parentSchema:schema61.properties.name,data:data0};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.description !== undefined){
let data1 = data.description;
if(typeof data1 !== "string"){
const err8 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema61.properties.description.type,parentSchema:schema61.properties.description,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.request !== undefined){
let data2 = data.request;
if(!(data2 && typeof data2 == "object" && !Array.isArray(data2))){
const err9 = {instancePath:instancePath+"/request",schemaPath:"#/properties/request/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema61.properties.request.type,parentSchema:schema61.properties.request,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.entities !== undefined){
let data3 = data.entities;
if(!(Array.isArray(data3))){
const err10 = {instancePath:instancePath+"/entities",schemaPath:"#/properties/entities/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema61.properties.entities.type,parentSchema:schema61.properties.entities,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.decision !== undefined){
let data4 = data.decision;
if(!(((((data4 === "allow") || (data4 === "deny")) || (data4 === "ALLOW")) || (data4 === "DENY")) || (data4 === "ESCALATE"))){
const err11 = {instancePath:instancePath+"/decision",schemaPath:"#/properties/decision/enum",keyword:"enum",params:{allowedValues: schema61.properties.decision.enum},message:"must be equal to one of the allowed values",schema:schema61.properties.decision.enum,parentSchema:schema61.properties.decision,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.reason !== undefined){
let data5 = data.reason;
if(Array.isArray(data5)){
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
let data6 = data5[i0];
if(typeof data6 !== "string"){
const err12 = {instancePath:instancePath+"/reason/" + i0,schemaPath:"#/properties/reason/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema61.properties.reason.items.type,parentSchema:schema61.properties.reason.items,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema61.properties.reason.type,parentSchema:schema61.properties.reason,data:data5};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.num_errors !== undefined){
let data7 = data.num_errors;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
const err14 = {instancePath:instancePath+"/num_errors",schemaPath:"#/properties/num_errors/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema61.properties.num_errors.type,parentSchema:schema61.properties.num_errors,data:data7};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 < 0 || isNaN(data7)){
const err15 = {instancePath:instancePath+"/num_errors",schemaPath:"#/properties/num_errors/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema61.properties.num_errors,data:data7};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
if(data.event !== undefined){
let data8 = data.event;
if(!(data8 && typeof data8 == "object" && !Array.isArray(data8))){
const err16 = {instancePath:instancePath+"/event",schemaPath:"#/properties/event/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema61.properties.event.type,parentSchema:schema61.properties.event,data:data8};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.events !== undefined){
let data9 = data.events;
if(Array.isArray(data9)){
if(data9.length < 1){
const err17 = {instancePath:instancePath+"/events",schemaPath:"#/properties/events/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema61.properties.events,data:data9};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/events",schemaPath:"#/properties/events/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema61.properties.events.type,parentSchema:schema61.properties.events,data:data9};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.policies !== undefined){
let data10 = data.policies;
if(Array.isArray(data10)){
const len1 = data10.length;
for(let i1=0; i1<len1; i1++){
let data11 = data10[i1];
if(typeof data11 !== "string"){
const err19 = {instancePath:instancePath+"/policies/" + i1,schemaPath:"#/properties/policies/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema61.properties.policies.items.type,parentSchema:schema61.properties.policies.items,data:data11};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
else {
const err20 = {instancePath:instancePath+"/policies",schemaPath:"#/properties/policies/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema61.properties.policies.type,parentSchema:schema61.properties.policies,data:data10};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.routes !== undefined){
let data12 = data.routes;
if(Array.isArray(data12)){
const len2 = data12.length;
for(let i2=0; i2<len2; i2++){
let data13 = data12[i2];
if((typeof data13 !== "string") && (data13 !== null)){
const err21 = {instancePath:instancePath+"/routes/" + i2,schemaPath:"#/properties/routes/items/type",keyword:"type",params:{type: schema61.properties.routes.items.type},message:"must be string,null",schema:schema61.properties.routes.items.type,parentSchema:schema61.properties.routes.items,data:data13};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
else {
const err22 = {instancePath:instancePath+"/routes",schemaPath:"#/properties/routes/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema61.properties.routes.type,parentSchema:schema61.properties.routes,data:data12};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.table !== undefined){
let data14 = data.table;
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
if(data14.columns === undefined){
const err23 = {instancePath:instancePath+"/table",schemaPath:"#/properties/table/required",keyword:"required",params:{missingProperty: "columns"},message:"must have required property '"+"columns"+"'",schema:schema61.properties.table.required,parentSchema:schema61.properties.table,data:data14};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data14.rows === undefined){
const err24 = {instancePath:instancePath+"/table",schemaPath:"#/properties/table/required",keyword:"required",params:{missingProperty: "rows"},message:"must have required property '"+"rows"+"'",schema:schema61.properties.table.required,parentSchema:schema61.properties.table,data:data14};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
for(const key1 in data14){
if(!((key1 === "columns") || (key1 === "rows"))){
const err25 = {instancePath:instancePath+"/table",schemaPath:"#/properties/table/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema61.properties.table,data:data14};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data14.columns !== undefined){
let data15 = data14.columns;
if(Array.isArray(data15)){
if(data15.length < 1){
const err26 = {instancePath:instancePath+"/table/columns",schemaPath:"#/properties/table/properties/columns/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema61.properties.table.properties.columns,data:data15};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
const len3 = data15.length;
for(let i3=0; i3<len3; i3++){
let data16 = data15[i3];
if(typeof data16 === "string"){
if(func4(data16) < 1){
const err27 = {instancePath:instancePath+"/table/columns/" + i3,schemaPath:"#/$defs/column/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema62,data:data16};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
else {
const err28 = {instancePath:instancePath+"/table/columns/" + i3,schemaPath:"#/$defs/column/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema62.type,parentSchema:schema62,data:data16};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
else {
const err29 = {instancePath:instancePath+"/table/columns",schemaPath:"#/properties/table/properties/columns/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema61.properties.table.properties.columns.type,parentSchema:schema61.properties.table.properties.columns,data:data15};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data14.rows !== undefined){
let data17 = data14.rows;
if(Array.isArray(data17)){
if(data17.length < 1){
const err30 = {instancePath:instancePath+"/table/rows",schemaPath:"#/properties/table/properties/rows/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema61.properties.table.properties.rows,data:data17};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
const len4 = data17.length;
for(let i4=0; i4<len4; i4++){
let data18 = data17[i4];
if(!(Array.isArray(data18))){
const err31 = {instancePath:instancePath+"/table/rows/" + i4,schemaPath:"#/properties/table/properties/rows/items/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema61.properties.table.properties.rows.items.type,parentSchema:schema61.properties.table.properties.rows.items,data:data18};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
else {
const err32 = {instancePath:instancePath+"/table/rows",schemaPath:"#/properties/table/properties/rows/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema61.properties.table.properties.rows.type,parentSchema:schema61.properties.table.properties.rows,data:data17};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
else {
const err33 = {instancePath:instancePath+"/table",schemaPath:"#/properties/table/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema61.properties.table.type,parentSchema:schema61.properties.table,data:data14};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data.cases !== undefined){
let data19 = data.cases;
if(Array.isArray(data19)){
if(data19.length < 1){
const err34 = {instancePath:instancePath+"/cases",schemaPath:"#/properties/cases/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema61.properties.cases,data:data19};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
const len5 = data19.length;
for(let i5=0; i5<len5; i5++){
let data20 = data19[i5];
if(!(data20 && typeof data20 == "object" && !Array.isArray(data20))){
const err35 = {instancePath:instancePath+"/cases/" + i5,schemaPath:"#/properties/cases/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema61.properties.cases.items.type,parentSchema:schema61.properties.cases.items,data:data20};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
}
else {
const err36 = {instancePath:instancePath+"/cases",schemaPath:"#/properties/cases/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema61.properties.cases.type,parentSchema:schema61.properties.cases,data:data19};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
else {
const err37 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema61.type,parentSchema:schema61,data};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
validate28.errors = vErrors;
return errors === 0;
}
validate28.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate27(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="deodar/test-file" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate27.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.tests === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "tests"},message:"must have required property '"+"tests"+"'",schema:schema60.required,parentSchema:schema60,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "$schema") || (key0 === "agent")) || (key0 === "policies")) || (key0 === "tests"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema60,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.$schema !== undefined){
let data0 = data.$schema;
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.$schema.type,parentSchema:schema60.properties.$schema,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.agent !== undefined){
let data1 = data.agent;
if(typeof data1 !== "string"){
const err3 = {instancePath:instancePath+"/agent",schemaPath:"#/properties/agent/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.agent.type,parentSchema:schema60.properties.agent,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.policies !== undefined){
let data2 = data.policies;
if((typeof data2 !== "string") && (!(Array.isArray(data2)))){
const err4 = {instancePath:instancePath+"/policies",schemaPath:"#/properties/policies/type",keyword:"type",params:{type: schema60.properties.policies.type},message:"must be string,array",schema:schema60.properties.policies.type,parentSchema:schema60.properties.policies,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 !== "string"){
const err5 = {instancePath:instancePath+"/policies/" + i0,schemaPath:"#/properties/policies/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.policies.items.type,parentSchema:schema60.properties.policies.items,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
}
if(data.tests !== undefined){
let data4 = data.tests;
if(Array.isArray(data4)){
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
if(!(validate28(data4[i1], {instancePath:instancePath+"/tests/" + i1,parentData:data4,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath:instancePath+"/tests",schemaPath:"#/properties/tests/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema60.properties.tests.type,parentSchema:schema60.properties.tests,data:data4};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema60.type,parentSchema:schema60,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate27.errors = vErrors;
return errors === 0;
}
validate27.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

