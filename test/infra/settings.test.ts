import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, parseStage, readStage, SettingsError } from '../../infra/settings.ts';

const parse = (prod: object) => parseStage(JSON.stringify({ prod }), 'prod');
const valid = { corsOrigins: ['https://kinerja.example.go.id'], alarmEmails: ['ops@example.go.id'] };

describe('stage settings', () => {
  it.each(['dev', 'prod'])('of %s as committed are valid and stay in the country', (stage) => {
    expect(readStage(stage).region).toBe('ap-southeast-3');
  });

  it('have defaults for all but who may call and who hears the alarms', () => {
    expect(parse(valid)).toEqual({ ...DEFAULT_SETTINGS, ...valid });
  });

  it.each([
    ['an unknown field', { ...valid, regoin: 'ap-southeast-3' }, 'Unrecognized key: "regoin"', 'prod'],
    ['a missing field', { corsOrigins: [] }, 'expected array', 'prod.alarmEmails'],
    ['a region that is none', { ...valid, region: 'Jakarta' }, 'an AWS region', 'prod.region'],
    [
      'an origin with a path',
      { ...valid, corsOrigins: ['https://a.go.id/x'] },
      'an origin is',
      'corsOrigins[0]',
    ],
    [
      'an origin without TLS',
      { ...valid, corsOrigins: ['http://a.go.id'] },
      'an origin is',
      'corsOrigins[0]',
    ],
    ['every origin', { ...valid, corsOrigins: ['*'] }, 'an origin is', 'corsOrigins[0]'],
    ['a bad address', { ...valid, alarmEmails: ['ops'] }, 'Invalid email', 'alarmEmails[0]'],
    [
      'a retention that CloudWatch lacks',
      { ...valid, logRetentionDays: 100 },
      'one of 1, 3,',
      'logRetentionDays',
    ],
    ['a rate of nothing', { ...valid, publicThrottle: { rate: 0, burst: 1 } }, '>0', 'publicThrottle.rate'],
    ["a limit over the function's own", { ...valid, p99Milliseconds: 60_000 }, '<=28000', 'p99Milliseconds'],
  ])('refuse %s, and say where', (_, prod, message, path) => {
    const attempt = () => parse(prod);
    expect(attempt).toThrow(SettingsError);
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(path);
  });

  it('refuse text that is not JSON', () => {
    expect(() => parseStage('{', 'prod')).toThrow(/infra\/stages\.json is not valid JSON/);
  });

  it('name the stages there are when one is unknown', () => {
    expect(() => parseStage(JSON.stringify({ dev: valid, prod: valid }), 'test')).toThrow(
      'infra/stages.json has no stage "test"; it has: dev, prod',
    );
  });

  it('refuse a stage name that would not fit into the names of resources', () => {
    expect(() => parseStage(JSON.stringify({ 'Prod 1': valid }), 'Prod 1')).toThrow(
      '1 to 12 lower-case letters',
    );
  });
});
