using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Workflow.Core.Tests.Design;

/// <summary>Which concept (the namespace below Workflow.Core) refers to which, read from the metadata and the bodies of every method.</summary>
internal static class ConceptReferences
{
    private const string Root = "Workflow.Core.";

    /// <summary>Every reference from one concept to another, with the member that makes it.</summary>
    public static IReadOnlyList<(string From, string To, string Member)> Of(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var reader = file.GetMetadataReader();
        var types = new TypeNames(reader);
        var found = new HashSet<(string From, string To, string Member)>();
        foreach (var handle in reader.TypeDefinitions)
        {
            var type = reader.GetTypeDefinition(handle);
            var from = Concept(types.NamespaceOf(handle));
            if (from is null)
            {
                continue;
            }

            void Add(string member, IEnumerable<EntityHandle> used)
            {
                foreach (var to in used.SelectMany(h => types.Expand(h)).Select(t => Concept(types.NamespaceOf(t))))
                {
                    if (to is not null && to != from)
                    {
                        found.Add((from, to, $"{reader.GetString(type.Name)}.{member}"));
                    }
                }
            }

            Add("(base)", [type.BaseType, .. type.GetInterfaceImplementations().Select(i => reader.GetInterfaceImplementation(i).Interface)]);
            foreach (var field in type.GetFields().Select(reader.GetFieldDefinition))
            {
                Add(reader.GetString(field.Name), field.DecodeSignature(types, null));
            }

            foreach (var method in type.GetMethods().Select(reader.GetMethodDefinition))
            {
                var name = reader.GetString(method.Name);
                var signature = method.DecodeSignature(types, null);
                Add(name, signature.ReturnType.AddRange(signature.ParameterTypes.SelectMany(p => p)));
                if (method.RelativeVirtualAddress != 0)
                {
                    var body = file.GetMethodBody(method.RelativeVirtualAddress);
                    Add(name, InstructionTokens.Of(body.GetILBytes()!).SelectMany(types.Owners));
                    if (!body.LocalSignature.IsNil)
                    {
                        Add(name, reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(types, null).SelectMany(l => l));
                    }
                }
            }
        }

        return [.. found.Order()];
    }

    private static string? Concept(string name) => name.StartsWith(Root, StringComparison.Ordinal) ? name[Root.Length..].Split('.')[0] : null;

    /// <summary>Turns signatures and tokens into the types of this assembly that they name.</summary>
    private sealed class TypeNames(MetadataReader reader) : ISignatureTypeProvider<ImmutableArray<EntityHandle>, object?>
    {
        public string NamespaceOf(EntityHandle handle)
        {
            if (handle.Kind != HandleKind.TypeDefinition)
            {
                return string.Empty;
            }

            var type = reader.GetTypeDefinition((TypeDefinitionHandle)handle);
            return type.GetDeclaringType() is { IsNil: false } outer ? NamespaceOf(outer) : reader.GetString(type.Namespace);
        }

        public ImmutableArray<EntityHandle> Expand(EntityHandle handle) => handle switch
        {
            { IsNil: true } => [],
            { Kind: HandleKind.TypeSpecification } => reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null),
            _ => [handle],
        };

        public IEnumerable<EntityHandle> Owners(EntityHandle handle)
        {
            switch (handle.Kind)
            {
                case HandleKind.MethodDefinition:
                    return [reader.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType()];
                case HandleKind.FieldDefinition:
                    return [reader.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType()];
                case HandleKind.MemberReference:
                    return [reader.GetMemberReference((MemberReferenceHandle)handle).Parent];
                case HandleKind.MethodSpecification:
                    var method = reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                    return [.. Owners(method.Method), .. method.DecodeSignature(this, null).SelectMany(a => a)];
                case HandleKind.TypeDefinition or HandleKind.TypeSpecification:
                    return [handle];
                default:
                    return [];
            }
        }

        public ImmutableArray<EntityHandle> GetTypeFromDefinition(MetadataReader metadata, TypeDefinitionHandle handle, byte rawTypeKind) => [handle];

        public ImmutableArray<EntityHandle> GetTypeFromSpecification(MetadataReader metadata, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => Expand(handle);

        public ImmutableArray<EntityHandle> GetGenericInstantiation(ImmutableArray<EntityHandle> genericType, ImmutableArray<ImmutableArray<EntityHandle>> typeArguments) =>
            [.. genericType, .. typeArguments.SelectMany(a => a)];

        public ImmutableArray<EntityHandle> GetFunctionPointerType(MethodSignature<ImmutableArray<EntityHandle>> signature) =>
            [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(p => p)];

        public ImmutableArray<EntityHandle> GetTypeFromReference(MetadataReader metadata, TypeReferenceHandle handle, byte rawTypeKind) => [];

        public ImmutableArray<EntityHandle> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

        public ImmutableArray<EntityHandle> GetGenericMethodParameter(object? genericContext, int index) => [];

        public ImmutableArray<EntityHandle> GetGenericTypeParameter(object? genericContext, int index) => [];

        public ImmutableArray<EntityHandle> GetArrayType(ImmutableArray<EntityHandle> elementType, ArrayShape shape) => elementType;

        public ImmutableArray<EntityHandle> GetByReferenceType(ImmutableArray<EntityHandle> elementType) => elementType;

        public ImmutableArray<EntityHandle> GetPinnedType(ImmutableArray<EntityHandle> elementType) => elementType;

        public ImmutableArray<EntityHandle> GetPointerType(ImmutableArray<EntityHandle> elementType) => elementType;

        public ImmutableArray<EntityHandle> GetSZArrayType(ImmutableArray<EntityHandle> elementType) => elementType;

        public ImmutableArray<EntityHandle> GetModifiedType(ImmutableArray<EntityHandle> modifier, ImmutableArray<EntityHandle> unmodifiedType, bool isRequired) => unmodifiedType;
    }
}
