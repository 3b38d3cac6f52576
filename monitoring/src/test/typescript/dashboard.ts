// A dashboard as a literal of Grafana's own types, narrowed where those leave things open: panels by their kind, queries,
// variables, transformations and overrides to what is used here.
import type {
  AnnotationQuery,
  Dashboard as AnyDashboard,
  DataSourceRef,
  FieldConfig,
  Panel as AnyPanel,
  TableFieldOptions,
  ValueMapping,
  VariableModel,
} from '@grafana/schema';
import type { Options as BarGaugeOptions } from '@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen';
import type { Options as StatOptions } from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type {
  FieldConfig as StateTimelineField,
  Options as StateTimelineOptions,
} from '@grafana/schema/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen';
import type {
  FieldConfig as StatusHistoryField,
  Options as StatusHistoryOptions,
} from '@grafana/schema/dist/esm/raw/composable/statushistory/panelcfg/x/StatusHistoryPanelCfg_types.gen';
import type { Options as TableOptions } from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen';
import type {
  FieldConfig as TimeSeriesField,
  Options as TimeSeriesOptions,
} from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

/** A type as it stands in JSON, where the members of an enumeration are plain strings. */
type Json<T> = unknown extends T
  ? T
  : T extends string
    ? `${T}`
    : T extends (infer Item)[]
      ? Json<Item>[]
      : T extends object
        ? { [Name in keyof T]: Json<T[Name]> }
        : T;

type Source = Required<Pick<DataSourceRef, 'type' | 'uid'>> & { type: 'prometheus'; uid: '${datasource}' };

/** The units that are used here; Grafana takes any string and shows it as it is. */
type Unit = 'none' | 'short' | 'sci' | 'percentunit' | 's' | 'dthms' | 'bytes' | 'Bps' | 'flops';

/** What the data source for Prometheus takes, of which @grafana/schema has no type. */
interface PrometheusQuery {
  refId: string;
  datasource: Source;
  editorMode: 'code' | 'builder';
  expr: string;
  legendFormat: string;
  range: boolean;
  instant: boolean;
  format: 'time_series' | 'table' | 'heatmap';
}

interface Override {
  matcher: { id: 'byName' | 'byFrameRefID'; options: string };
  properties: Array<
    | { id: 'mappings'; value: ValueMapping[] }
    | { id: 'custom.cellOptions'; value: TableFieldOptions['cellOptions'] }
    | { id: 'custom.lineWidth'; value: number }
    | { id: 'custom.showPoints'; value: TimeSeriesField['showPoints'] }
    | { id: 'custom.lineStyle'; value: TimeSeriesField['lineStyle'] }
  >;
}

interface Organize {
  id: 'organize';
  options: {
    excludeByName: Record<string, boolean>;
    indexByName: Record<string, number>;
    renameByName: Record<string, string>;
  };
}

type Given = 'id' | 'title' | 'description' | 'gridPos';
type Narrowed = 'type' | 'datasource' | 'fieldConfig' | 'options' | 'targets' | 'transformations';

interface PanelOf<Kind extends string, Options, Custom>
  extends Omit<AnyPanel, Given | Narrowed>,
    Required<Pick<AnyPanel, Given>> {
  type: Kind;
  datasource: Source;
  fieldConfig: {
    defaults: Omit<FieldConfig, 'custom' | 'unit'> & { unit?: Unit; custom?: Custom };
    overrides: Override[];
  };
  options: Options;
  targets: PrometheusQuery[];
  transformations?: Organize[];
}

type Panel =
  | PanelOf<'timeseries', TimeSeriesOptions, TimeSeriesField>
  | PanelOf<'stat', StatOptions, never>
  | PanelOf<'bargauge', BarGaugeOptions, never>
  | PanelOf<'state-timeline', StateTimelineOptions, StateTimelineField>
  | PanelOf<'status-history', StatusHistoryOptions, StatusHistoryField>
  | PanelOf<'table', TableOptions, TableFieldOptions>;

interface DatasourceVariable extends Omit<VariableModel, 'type' | 'query'> {
  type: 'datasource';
  query: 'prometheus';
}

interface QueryVariable extends Omit<VariableModel, 'type' | 'query' | 'datasource'> {
  type: 'query';
  datasource: Source;
  query: { qryType: 1; query: string; refId: string };
}

/** What the data source for Prometheus adds to an annotation. */
interface Annotation extends Omit<AnnotationQuery, 'target' | 'datasource'> {
  datasource: Source;
  target: { refId: string; expr: string; interval: string; legendFormat: string };
  titleFormat: string;
  textFormat: string;
  tagKeys: string;
  step: string;
  useValueForTime: boolean;
}

export type Dashboard = Json<
  Omit<AnyDashboard, 'id' | 'schemaVersion' | 'panels' | 'templating' | 'annotations'> &
    Required<Pick<AnyDashboard, 'uid' | 'title' | 'tags' | 'time' | 'refresh' | 'links'>> & {
      id: null;
      schemaVersion: 42;
      panels: Panel[];
      templating: { list: Array<DatasourceVariable | QueryVariable> };
      annotations: { list: Annotation[] };
    }
>;
