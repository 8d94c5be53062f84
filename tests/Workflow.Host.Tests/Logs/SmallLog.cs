namespace Workflow.Host.Tests.Logs;

/// <summary>A log of three cases: two share a name, one has none; attributes of every type.</summary>
internal static class SmallLog
{
    public const string Text = """
        <?xml version="1.0" encoding="UTF-8"?>
        <log xmlns="http://www.xes-standard.org/" xes.version="1849.2016" xes.features="">
          <trace>
            <string key="concept:name" value="hồ sơ 1"/>
            <date key="deadline" value="2020-11-10T00:00:00.000+01:00"/>
            <date key="enddate" value="2020-11-10T00:00:00.000+01:00"/>
            <int key="pages" value="12"/>
            <float key="weight" value="2.0"/>
            <boolean key="urgent" value="true"/>
            <event><string key="concept:name" value="pay"/><date key="time:timestamp" value="2020-11-06T08:00:00.123+07:00"/><string key="org:resource" value="r1"/><string key="org:group" value="g1"/></event>
            <event><string key="concept:name" value="close"/><date key="time:timestamp" value="2020-11-06T09:00:00.000+07:00"/></event>
          </trace>
          <trace>
            <string key="concept:name" value="hồ sơ 1"/>
            <date key="deadline" value="2020-11-09T00:00:00.000+07:00"/>
            <event><string key="concept:name" value="pay"/><date key="time:timestamp" value="2020-11-07T08:00:00.000+07:00"/></event>
            <event><string key="concept:name" value="pay"/><date key="time:timestamp" value="2020-11-07T08:00:00.000+07:00"/></event>
            <event><string key="concept:name" value="close"/><date key="time:timestamp" value="2020-11-09T08:00:00.000+07:00"/></event>
          </trace>
          <trace>
            <string key="pages" value="many"/>
            <event><string key="concept:name" value="pay"/><date key="time:timestamp" value="2020-11-08T08:00:00.000+07:00"/></event>
          </trace>
        </log>

        """;

    /// <summary>A log whose only activity has a name of so many characters.</summary>
    public static string WithActivity(string name) =>
        $"""<log><trace><string key="concept:name" value="c"/><event><string key="concept:name" value="{name}"/><date key="time:timestamp" value="2020-11-06T08:00:00+07:00"/></event></trace></log>""";
}
