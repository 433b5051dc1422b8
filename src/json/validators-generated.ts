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

export const eventErrors = validate21;
const schema33 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"deodar/event","title":"Event","description":"One line of a recorded session: what an agent is about to do or has just done.","type":"object","required":["stage","role","content"],"properties":{"stage":{"enum":["PRE_MODEL","POST_MODEL","PRE_TOOL","POST_TOOL"]},"role":{"enum":["user","model","system","tool","USER","MODEL","SYSTEM","TOOL"]},"content":{"type":"object","properties":{"text":{"type":"string"},"toolId":{"type":"string"},"callId":{"type":"string"}}},"trajectoryId":{"type":"string"},"host":{}}};

function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="deodar/event" */;
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
if(data.stage === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "stage"},message:"must have required property '"+"stage"+"'",schema:schema33.required,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.role === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "role"},message:"must have required property '"+"role"+"'",schema:schema33.required,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.content === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "content"},message:"must have required property '"+"content"+"'",schema:schema33.required,parentSchema:schema33,data};
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
const err3 = {instancePath:instancePath+"/stage",schemaPath:"#/properties/stage/enum",keyword:"enum",params:{allowedValues: schema33.properties.stage.enum},message:"must be equal to one of the allowed values",schema:schema33.properties.stage.enum,parentSchema:schema33.properties.stage,data:data0};
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
const err4 = {instancePath:instancePath+"/role",schemaPath:"#/properties/role/enum",keyword:"enum",params:{allowedValues: schema33.properties.role.enum},message:"must be equal to one of the allowed values",schema:schema33.properties.role.enum,parentSchema:schema33.properties.role,data:data1};
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
const err5 = {instancePath:instancePath+"/content/text",schemaPath:"#/properties/content/properties/text/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.properties.content.properties.text.type,parentSchema:schema33.properties.content.properties.text,data:data3};
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
const err6 = {instancePath:instancePath+"/content/toolId",schemaPath:"#/properties/content/properties/toolId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.properties.content.properties.toolId.type,parentSchema:schema33.properties.content.properties.toolId,data:data4};
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
const err7 = {instancePath:instancePath+"/content/callId",schemaPath:"#/properties/content/properties/callId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.properties.content.properties.callId.type,parentSchema:schema33.properties.content.properties.callId,data:data5};
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
const err8 = {instancePath:instancePath+"/content",schemaPath:"#/properties/content/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema33.properties.content.type,parentSchema:schema33.properties.content,data:data2};
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
const err9 = {instancePath:instancePath+"/trajectoryId",schemaPath:"#/properties/trajectoryId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.properties.trajectoryId.type,parentSchema:schema33.properties.trajectoryId,data:data6};
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
const err10 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema33.type,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}
validate21.evaluated = {"props":{"stage":true,"role":true,"content":true,"trajectoryId":true,"host":true},"dynamicProps":false,"dynamicItems":false};

export const testFileErrors = validate22;
const schema34 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"deodar/test-file","title":"Policy tests","description":"Tests of requests, in the shape of the official command line, or of agent events.","type":"object","required":["tests"],"additionalProperties":false,"properties":{"$schema":{"type":"string"},"agent":{"type":"string","description":"Path of the agent file, relative to this file; needed by tests of events."},"policies":{"type":["string","array"],"items":{"type":"string"},"description":"Paths of the policies, relative to this file."},"tests":{"type":"array","items":{"$ref":"#/$defs/test"}}},"$defs":{"test":{"type":"object","required":["decision"],"additionalProperties":false,"properties":{"name":{"type":"string"},"description":{"type":"string"},"request":{"type":"object"},"entities":{"type":"array"},"decision":{"enum":["allow","deny","ALLOW","DENY","ESCALATE"]},"reason":{"type":"array","items":{"type":"string"}},"num_errors":{"type":"integer","minimum":0},"event":{"type":"object"},"events":{"type":"array","minItems":1},"policies":{"type":"array","items":{"type":"string"},"description":"Ids that the adjudication lists, in any order."},"routes":{"type":"array","items":{"type":["string","null"]}}}}}};
const schema35 = {"type":"object","required":["decision"],"additionalProperties":false,"properties":{"name":{"type":"string"},"description":{"type":"string"},"request":{"type":"object"},"entities":{"type":"array"},"decision":{"enum":["allow","deny","ALLOW","DENY","ESCALATE"]},"reason":{"type":"array","items":{"type":"string"}},"num_errors":{"type":"integer","minimum":0},"event":{"type":"object"},"events":{"type":"array","minItems":1},"policies":{"type":"array","items":{"type":"string"},"description":"Ids that the adjudication lists, in any order."},"routes":{"type":"array","items":{"type":["string","null"]}}}};

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="deodar/test-file" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate22.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.tests === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "tests"},message:"must have required property '"+"tests"+"'",schema:schema34.required,parentSchema:schema34,data};
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
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema34,data};
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
const err2 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.$schema.type,parentSchema:schema34.properties.$schema,data:data0};
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
const err3 = {instancePath:instancePath+"/agent",schemaPath:"#/properties/agent/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.agent.type,parentSchema:schema34.properties.agent,data:data1};
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
const err4 = {instancePath:instancePath+"/policies",schemaPath:"#/properties/policies/type",keyword:"type",params:{type: schema34.properties.policies.type},message:"must be string,array",schema:schema34.properties.policies.type,parentSchema:schema34.properties.policies,data:data2};
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
const err5 = {instancePath:instancePath+"/policies/" + i0,schemaPath:"#/properties/policies/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.policies.items.type,parentSchema:schema34.properties.policies.items,data:data3};
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
let data5 = data4[i1];
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(data5.decision === undefined){
const err6 = {instancePath:instancePath+"/tests/" + i1,schemaPath:"#/$defs/test/required",keyword:"required",params:{missingProperty: "decision"},message:"must have required property '"+"decision"+"'",schema:schema35.required,parentSchema:schema35,data:data5};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
for(const key1 in data5){
if(!(func1.call(schema35.properties, key1))){
const err7 = {instancePath:instancePath+"/tests/" + i1,schemaPath:"#/$defs/test/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema35,data:data5};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data5.name !== undefined){
let data6 = data5.name;
if(typeof data6 !== "string"){
const err8 = {instancePath:instancePath+"/tests/" + i1+"/name",schemaPath:"#/$defs/test/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.properties.name.type,parentSchema:schema35.properties.name,data:data6};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data5.description !== undefined){
let data7 = data5.description;
if(typeof data7 !== "string"){
const err9 = {instancePath:instancePath+"/tests/" + i1+"/description",schemaPath:"#/$defs/test/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.properties.description.type,parentSchema:schema35.properties.description,data:data7};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data5.request !== undefined){
let data8 = data5.request;
if(!(data8 && typeof data8 == "object" && !Array.isArray(data8))){
const err10 = {instancePath:instancePath+"/tests/" + i1+"/request",schemaPath:"#/$defs/test/properties/request/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema35.properties.request.type,parentSchema:schema35.properties.request,data:data8};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data5.entities !== undefined){
let data9 = data5.entities;
if(!(Array.isArray(data9))){
const err11 = {instancePath:instancePath+"/tests/" + i1+"/entities",schemaPath:"#/$defs/test/properties/entities/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema35.properties.entities.type,parentSchema:schema35.properties.entities,data:data9};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data5.decision !== undefined){
let data10 = data5.decision;
if(!(((((data10 === "allow") || (data10 === "deny")) || (data10 === "ALLOW")) || (data10 === "DENY")) || (data10 === "ESCALATE"))){
const err12 = {instancePath:instancePath+"/tests/" + i1+"/decision",schemaPath:"#/$defs/test/properties/decision/enum",keyword:"enum",params:{allowedValues: schema35.properties.decision.enum},message:"must be equal to one of the allowed values",schema:schema35.properties.decision.enum,parentSchema:schema35.properties.decision,data:data10};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data5.reason !== undefined){
let data11 = data5.reason;
if(Array.isArray(data11)){
const len2 = data11.length;
for(let i2=0; i2<len2; i2++){
let data12 = data11[i2];
if(typeof data12 !== "string"){
const err13 = {instancePath:instancePath+"/tests/" + i1+"/reason/" + i2,schemaPath:"#/$defs/test/properties/reason/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.properties.reason.items.type,parentSchema:schema35.properties.reason.items,data:data12};
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
const err14 = {instancePath:instancePath+"/tests/" + i1+"/reason",schemaPath:"#/$defs/test/properties/reason/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema35.properties.reason.type,parentSchema:schema35.properties.reason,data:data11};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data5.num_errors !== undefined){
let data13 = data5.num_errors;
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
const err15 = {instancePath:instancePath+"/tests/" + i1+"/num_errors",schemaPath:"#/$defs/test/properties/num_errors/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema35.properties.num_errors.type,parentSchema:schema35.properties.num_errors,data:data13};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 < 0 || isNaN(data13)){
const err16 = {instancePath:instancePath+"/tests/" + i1+"/num_errors",schemaPath:"#/$defs/test/properties/num_errors/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema35.properties.num_errors,data:data13};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
if(data5.event !== undefined){
let data14 = data5.event;
if(!(data14 && typeof data14 == "object" && !Array.isArray(data14))){
const err17 = {instancePath:instancePath+"/tests/" + i1+"/event",schemaPath:"#/$defs/test/properties/event/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema35.properties.event.type,parentSchema:schema35.properties.event,data:data14};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data5.events !== undefined){
let data15 = data5.events;
if(Array.isArray(data15)){
if(data15.length < 1){
const err18 = {instancePath:instancePath+"/tests/" + i1+"/events",schemaPath:"#/$defs/test/properties/events/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema35.properties.events,data:data15};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/tests/" + i1+"/events",schemaPath:"#/$defs/test/properties/events/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema35.properties.events.type,parentSchema:schema35.properties.events,data:data15};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data5.policies !== undefined){
let data16 = data5.policies;
if(Array.isArray(data16)){
const len3 = data16.length;
for(let i3=0; i3<len3; i3++){
let data17 = data16[i3];
if(typeof data17 !== "string"){
const err20 = {instancePath:instancePath+"/tests/" + i1+"/policies/" + i3,schemaPath:"#/$defs/test/properties/policies/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.properties.policies.items.type,parentSchema:schema35.properties.policies.items,data:data17};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
else {
const err21 = {instancePath:instancePath+"/tests/" + i1+"/policies",schemaPath:"#/$defs/test/properties/policies/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema35.properties.policies.type,parentSchema:schema35.properties.policies,data:data16};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data5.routes !== undefined){
let data18 = data5.routes;
if(Array.isArray(data18)){
const len4 = data18.length;
for(let i4=0; i4<len4; i4++){
let data19 = data18[i4];
if((typeof data19 !== "string") && (data19 !== null)){
const err22 = {instancePath:instancePath+"/tests/" + i1+"/routes/" + i4,schemaPath:"#/$defs/test/properties/routes/items/type",keyword:"type",params:{type: schema35.properties.routes.items.type},message:"must be string,null",schema:schema35.properties.routes.items.type,parentSchema:schema35.properties.routes.items,data:data19};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
else {
const err23 = {instancePath:instancePath+"/tests/" + i1+"/routes",schemaPath:"#/$defs/test/properties/routes/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema35.properties.routes.type,parentSchema:schema35.properties.routes,data:data18};
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
const err24 = {instancePath:instancePath+"/tests/" + i1,schemaPath:"#/$defs/test/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema35.type,parentSchema:schema35,data:data5};
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
const err25 = {instancePath:instancePath+"/tests",schemaPath:"#/properties/tests/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema34.properties.tests.type,parentSchema:schema34.properties.tests,data:data4};
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
const err26 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema34.type,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
validate22.errors = vErrors;
return errors === 0;
}
validate22.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

