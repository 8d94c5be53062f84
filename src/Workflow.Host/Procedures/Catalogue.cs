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

    /// <summary>The units: the one file of the directory <c>units</c>, whatever an office calls it.</summary>
    public static UnitTree Units(HostEnvironment environment)
    {
        var path = OnlyFile(Path.Combine(environment.Catalogue, "units"));
        using var reader = new StringReader(InputFile.ReadText(path));
        return UnitTreeYaml.Read(reader, path);
    }

    /// <summary>The calendar: the one file of the directory <c>calendars</c>.</summary>
    public static CalendarBook Calendar(HostEnvironment environment)
    {
        var path = OnlyFile(Path.Combine(environment.Catalogue, "calendars"));
        using var reader = new StringReader(InputFile.ReadText(path));
        return CalendarBook.Read(reader, path);
    }

    private static string OnlyFile(string directory)
    {
        var files = Directory.Exists(directory) ? Directory.GetFiles(directory, "*.yaml") : [];
        return files.Length == 1
            ? files[0]
            : throw new UnusableInputException($"{directory} holds {files.Length} .yaml files: keep exactly one there");
    }
}
