using Workflow.Core.Calendars;
using Workflow.Core.Procedures;
using Workflow.Core.Units;
using Workflow.Host.Files;
using Workflow.Host.Terminal;

namespace Workflow.Host.Procedures;

/// <summary>What travels with the host: the procedures, the units and the calendar.</summary>
internal static class Catalogue
{
    /// <summary>The procedures.</summary>
    public static ProcedureCatalogue Procedures(HostEnvironment environment) => DefinitionFiles.ReadCatalogue(environment.Catalogue);

    /// <summary>The units.</summary>
    public static UnitTree Units(HostEnvironment environment)
    {
        var path = Path.Combine(environment.Catalogue, "units", "tan-lac.yaml");
        using var reader = new StringReader(InputFile.ReadText(path));
        return UnitTreeYaml.Read(reader, path);
    }

    /// <summary>The calendar.</summary>
    public static CalendarBook Calendar(HostEnvironment environment)
    {
        var path = Path.Combine(environment.Catalogue, "calendars", "vn.yaml");
        using var reader = new StringReader(InputFile.ReadText(path));
        return CalendarBook.Read(reader, path);
    }
}
